//glc:package github.com/aws/aws-sdk-go-v2/service/dynamodb
package dynamodb

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

type Options struct {
	Region           string
	BaseEndpoint     *string
	RetryMaxAttempts int
}
type Client struct{}

func New(Options, ...func(*Options)) *Client
func NewFromConfig(aws.Config, ...func(*Options)) *Client
func (*Client) GetItem(context.Context, *GetItemInput, ...func(*Options)) (*GetItemOutput, error)
func (*Client) PutItem(context.Context, *PutItemInput, ...func(*Options)) (*PutItemOutput, error)
func (*Client) UpdateItem(context.Context, *UpdateItemInput, ...func(*Options)) (*UpdateItemOutput, error)
func (*Client) DeleteItem(context.Context, *DeleteItemInput, ...func(*Options)) (*DeleteItemOutput, error)
func (*Client) Query(context.Context, *QueryInput, ...func(*Options)) (*QueryOutput, error)
func (*Client) Scan(context.Context, *ScanInput, ...func(*Options)) (*ScanOutput, error)
func (*Client) BatchGetItem(context.Context, *BatchGetItemInput, ...func(*Options)) (*BatchGetItemOutput, error)
func (*Client) BatchWriteItem(context.Context, *BatchWriteItemInput, ...func(*Options)) (*BatchWriteItemOutput, error)
func (*Client) TransactWriteItems(context.Context, *TransactWriteItemsInput, ...func(*Options)) (*TransactWriteItemsOutput, error)
func (*Client) TransactGetItems(context.Context, *TransactGetItemsInput, ...func(*Options)) (*TransactGetItemsOutput, error)
func (*Client) DescribeTable(context.Context, *DescribeTableInput, ...func(*Options)) (*DescribeTableOutput, error)
func (*Client) CreateTable(context.Context, *CreateTableInput, ...func(*Options)) (*CreateTableOutput, error)

type GetItemInput struct {
	TableName      *string
	Key            map[string]types.AttributeValue
	ConsistentRead *bool
}
type GetItemOutput struct {
	Item map[string]types.AttributeValue
}
type PutItemInput struct {
	TableName, ConditionExpression *string
	Item                           map[string]types.AttributeValue
}
type PutItemOutput struct {
	Attributes map[string]types.AttributeValue
}
type UpdateItemInput struct {
	TableName, UpdateExpression, ConditionExpression *string
	Key, ExpressionAttributeValues                   map[string]types.AttributeValue
	ExpressionAttributeNames                         map[string]string
}
type UpdateItemOutput struct {
	Attributes map[string]types.AttributeValue
}
type DeleteItemInput struct {
	TableName *string
	Key       map[string]types.AttributeValue
}
type DeleteItemOutput struct {
	Attributes map[string]types.AttributeValue
}
type QueryInput struct {
	TableName, IndexName, KeyConditionExpression, FilterExpression *string
	ExpressionAttributeValues, ExclusiveStartKey                   map[string]types.AttributeValue
	Limit                                                          *int32
}
type QueryOutput struct {
	Items               []map[string]types.AttributeValue
	Count, ScannedCount int32
	LastEvaluatedKey    map[string]types.AttributeValue
}
type ScanInput struct {
	TableName, FilterExpression *string
	ExclusiveStartKey           map[string]types.AttributeValue
	Limit                       *int32
}
type ScanOutput struct {
	Items               []map[string]types.AttributeValue
	Count, ScannedCount int32
	LastEvaluatedKey    map[string]types.AttributeValue
}
type BatchGetItemInput struct{}
type BatchGetItemOutput struct{}
type BatchWriteItemInput struct{}
type BatchWriteItemOutput struct{}
type TransactWriteItemsInput struct{}
type TransactWriteItemsOutput struct{}
type TransactGetItemsInput struct{}
type TransactGetItemsOutput struct{}
type DescribeTableInput struct {
	TableName *string
}
type DescribeTableOutput struct{}
type CreateTableInput struct {
	TableName *string
}
type CreateTableOutput struct{}
