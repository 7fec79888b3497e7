//glc:package github.com/aws/aws-sdk-go-v2/service/s3
package s3

import (
	"context"
	"io"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

type Options struct {
	Region           string
	BaseEndpoint     *string
	UsePathStyle     bool
	RetryMaxAttempts int
}
type Client struct{}

func New(Options, ...func(*Options)) *Client
func NewFromConfig(aws.Config, ...func(*Options)) *Client
func (*Client) GetObject(context.Context, *GetObjectInput, ...func(*Options)) (*GetObjectOutput, error)
func (*Client) PutObject(context.Context, *PutObjectInput, ...func(*Options)) (*PutObjectOutput, error)
func (*Client) HeadObject(context.Context, *HeadObjectInput, ...func(*Options)) (*HeadObjectOutput, error)
func (*Client) DeleteObject(context.Context, *DeleteObjectInput, ...func(*Options)) (*DeleteObjectOutput, error)
func (*Client) DeleteObjects(context.Context, *DeleteObjectsInput, ...func(*Options)) (*DeleteObjectsOutput, error)
func (*Client) CopyObject(context.Context, *CopyObjectInput, ...func(*Options)) (*CopyObjectOutput, error)
func (*Client) ListObjectsV2(context.Context, *ListObjectsV2Input, ...func(*Options)) (*ListObjectsV2Output, error)
func (*Client) ListBuckets(context.Context, *ListBucketsInput, ...func(*Options)) (*ListBucketsOutput, error)
func (*Client) HeadBucket(context.Context, *HeadBucketInput, ...func(*Options)) (*HeadBucketOutput, error)
func (*Client) CreateBucket(context.Context, *CreateBucketInput, ...func(*Options)) (*CreateBucketOutput, error)
func (*Client) CreateMultipartUpload(context.Context, *CreateMultipartUploadInput, ...func(*Options)) (*CreateMultipartUploadOutput, error)
func (*Client) UploadPart(context.Context, *UploadPartInput, ...func(*Options)) (*UploadPartOutput, error)
func (*Client) CompleteMultipartUpload(context.Context, *CompleteMultipartUploadInput, ...func(*Options)) (*CompleteMultipartUploadOutput, error)
func (*Client) AbortMultipartUpload(context.Context, *AbortMultipartUploadInput, ...func(*Options)) (*AbortMultipartUploadOutput, error)

type GetObjectInput struct {
	Bucket, Key, Range, VersionId *string
}
type GetObjectOutput struct {
	Body              io.ReadCloser
	ContentLength     *int64
	ContentType, ETag *string
	LastModified      *time.Time
	Metadata          map[string]string
}
type PutObjectInput struct {
	Bucket, Key, ContentType *string
	Body                     io.Reader
	ContentLength            *int64
	Metadata                 map[string]string
}
type PutObjectOutput struct {
	ETag, VersionId *string
}
type HeadObjectInput struct {
	Bucket, Key *string
}
type HeadObjectOutput struct {
	ContentLength     *int64
	ContentType, ETag *string
}
type DeleteObjectInput struct {
	Bucket, Key *string
}
type DeleteObjectOutput struct{}
type DeleteObjectsInput struct {
	Bucket *string
	Delete *types.Delete
}
type DeleteObjectsOutput struct{}
type CopyObjectInput struct {
	Bucket, Key, CopySource *string
}
type CopyObjectOutput struct{}
type ListObjectsV2Input struct {
	Bucket, Prefix, Delimiter, ContinuationToken, StartAfter *string
	MaxKeys                                                  *int32
}
type ListObjectsV2Output struct {
	Contents              []types.Object
	CommonPrefixes        []types.CommonPrefix
	IsTruncated           *bool
	KeyCount              *int32
	NextContinuationToken *string
}
type ListBucketsInput struct{}
type ListBucketsOutput struct {
	Buckets []types.Bucket
}
type HeadBucketInput struct {
	Bucket *string
}
type HeadBucketOutput struct{}
type CreateBucketInput struct {
	Bucket *string
}
type CreateBucketOutput struct{}
type CreateMultipartUploadInput struct {
	Bucket, Key *string
}
type CreateMultipartUploadOutput struct {
	UploadId *string
}
type UploadPartInput struct {
	Bucket, Key, UploadId *string
	PartNumber            *int32
	Body                  io.Reader
}
type UploadPartOutput struct {
	ETag *string
}
type CompleteMultipartUploadInput struct {
	Bucket, Key, UploadId *string
}
type CompleteMultipartUploadOutput struct{}
type AbortMultipartUploadInput struct {
	Bucket, Key, UploadId *string
}
type AbortMultipartUploadOutput struct{}
type ListObjectsV2APIClient interface {
	ListObjectsV2(context.Context, *ListObjectsV2Input, ...func(*Options)) (*ListObjectsV2Output, error)
}
type ListObjectsV2PaginatorOptions struct {
	Limit int32
}
type ListObjectsV2Paginator struct{}

func NewListObjectsV2Paginator(ListObjectsV2APIClient, *ListObjectsV2Input, ...func(*ListObjectsV2PaginatorOptions)) *ListObjectsV2Paginator
func (*ListObjectsV2Paginator) HasMorePages() bool
func (*ListObjectsV2Paginator) NextPage(context.Context, ...func(*Options)) (*ListObjectsV2Output, error)
