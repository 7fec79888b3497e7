//glc:package github.com/aws/aws-sdk-go-v2/service/sqs
package sqs

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"
)

type Options struct {
	Region           string
	BaseEndpoint     *string
	RetryMaxAttempts int
}
type Client struct{}

func New(Options, ...func(*Options)) *Client
func NewFromConfig(aws.Config, ...func(*Options)) *Client
func (*Client) SendMessage(context.Context, *SendMessageInput, ...func(*Options)) (*SendMessageOutput, error)
func (*Client) SendMessageBatch(context.Context, *SendMessageBatchInput, ...func(*Options)) (*SendMessageBatchOutput, error)
func (*Client) ReceiveMessage(context.Context, *ReceiveMessageInput, ...func(*Options)) (*ReceiveMessageOutput, error)
func (*Client) DeleteMessage(context.Context, *DeleteMessageInput, ...func(*Options)) (*DeleteMessageOutput, error)
func (*Client) DeleteMessageBatch(context.Context, *DeleteMessageBatchInput, ...func(*Options)) (*DeleteMessageBatchOutput, error)
func (*Client) ChangeMessageVisibility(context.Context, *ChangeMessageVisibilityInput, ...func(*Options)) (*ChangeMessageVisibilityOutput, error)
func (*Client) GetQueueUrl(context.Context, *GetQueueUrlInput, ...func(*Options)) (*GetQueueUrlOutput, error)
func (*Client) GetQueueAttributes(context.Context, *GetQueueAttributesInput, ...func(*Options)) (*GetQueueAttributesOutput, error)
func (*Client) CreateQueue(context.Context, *CreateQueueInput, ...func(*Options)) (*CreateQueueOutput, error)

type SendMessageInput struct {
	QueueUrl, MessageBody, MessageGroupId, MessageDeduplicationId *string
	DelaySeconds                                                  int32
}
type SendMessageOutput struct {
	MessageId *string
}
type SendMessageBatchInput struct {
	QueueUrl *string
}
type SendMessageBatchOutput struct{}
type ReceiveMessageInput struct {
	QueueUrl                                                *string
	MaxNumberOfMessages, VisibilityTimeout, WaitTimeSeconds int32
}
type ReceiveMessageOutput struct {
	Messages []types.Message
}
type DeleteMessageInput struct {
	QueueUrl, ReceiptHandle *string
}
type DeleteMessageOutput struct{}
type DeleteMessageBatchInput struct {
	QueueUrl *string
}
type DeleteMessageBatchOutput struct{}
type ChangeMessageVisibilityInput struct {
	QueueUrl, ReceiptHandle *string
	VisibilityTimeout       int32
}
type ChangeMessageVisibilityOutput struct{}
type GetQueueUrlInput struct {
	QueueName *string
}
type GetQueueUrlOutput struct {
	QueueUrl *string
}
type GetQueueAttributesInput struct {
	QueueUrl *string
}
type GetQueueAttributesOutput struct {
	Attributes map[string]string
}
type CreateQueueInput struct {
	QueueName *string
}
type CreateQueueOutput struct {
	QueueUrl *string
}
