//glc:package go.mongodb.org/mongo-driver/mongo
package mongo

import (
	"context"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo/options"
	"go.mongodb.org/mongo-driver/mongo/readpref"
)

type Pipeline []bson.D
type SessionContext interface {
	context.Context
	Session
}
type Session interface {
	StartTransaction(...*options.TransactionOptions) error
	AbortTransaction(context.Context) error
	CommitTransaction(context.Context) error
	WithTransaction(context.Context, func(SessionContext) (interface{}, error), ...*options.TransactionOptions) (interface{}, error)
	EndSession(context.Context)
	Client() *Client
}
type Client struct{}

func Connect(context.Context, ...*options.ClientOptions) (*Client, error)
func NewClient(...*options.ClientOptions) (*Client, error)
func NewSessionContext(context.Context, Session) SessionContext
func WithSession(context.Context, Session, func(SessionContext) error) error
func (*Client) Connect(context.Context) error
func (*Client) Disconnect(context.Context) error
func (*Client) Ping(context.Context, *readpref.ReadPref) error
func (*Client) StartSession(...*options.SessionOptions) (Session, error)
func (*Client) UseSession(context.Context, func(SessionContext) error) error
func (*Client) Database(string, ...*options.DatabaseOptions) *Database
func (*Client) ListDatabaseNames(context.Context, interface{}, ...*options.ListDatabasesOptions) ([]string, error)
func (*Client) Watch(context.Context, interface{}, ...*options.ChangeStreamOptions) (*ChangeStream, error)
func (*Client) NumberSessionsInProgress() int

type Database struct{}

func (*Database) Client() *Client
func (*Database) Name() string
func (*Database) Collection(string, ...*options.CollectionOptions) *Collection
func (*Database) Aggregate(context.Context, interface{}, ...*options.AggregateOptions) (*Cursor, error)
func (*Database) RunCommand(context.Context, interface{}, ...*options.RunCmdOptions) *SingleResult
func (*Database) Drop(context.Context) error
func (*Database) CreateCollection(context.Context, string, ...*options.CreateCollectionOptions) error
func (*Database) ListCollectionNames(context.Context, interface{}, ...*options.ListCollectionsOptions) ([]string, error)
func (*Database) Watch(context.Context, interface{}, ...*options.ChangeStreamOptions) (*ChangeStream, error)

type WriteModel interface{}
type Collection struct{}

func (*Collection) Name() string
func (*Collection) Database() *Database
func (*Collection) InsertOne(context.Context, interface{}, ...*options.InsertOneOptions) (*InsertOneResult, error)
func (*Collection) InsertMany(context.Context, []interface{}, ...*options.InsertManyOptions) (*InsertManyResult, error)
func (*Collection) DeleteOne(context.Context, interface{}, ...*options.DeleteOptions) (*DeleteResult, error)
func (*Collection) DeleteMany(context.Context, interface{}, ...*options.DeleteOptions) (*DeleteResult, error)
func (*Collection) UpdateByID(context.Context, interface{}, interface{}, ...*options.UpdateOptions) (*UpdateResult, error)
func (*Collection) UpdateOne(context.Context, interface{}, interface{}, ...*options.UpdateOptions) (*UpdateResult, error)
func (*Collection) UpdateMany(context.Context, interface{}, interface{}, ...*options.UpdateOptions) (*UpdateResult, error)
func (*Collection) ReplaceOne(context.Context, interface{}, interface{}, ...*options.ReplaceOptions) (*UpdateResult, error)
func (*Collection) BulkWrite(context.Context, []WriteModel, ...*options.BulkWriteOptions) (*BulkWriteResult, error)
func (*Collection) Aggregate(context.Context, interface{}, ...*options.AggregateOptions) (*Cursor, error)
func (*Collection) CountDocuments(context.Context, interface{}, ...*options.CountOptions) (int64, error)
func (*Collection) EstimatedDocumentCount(context.Context, ...*options.EstimatedDocumentCountOptions) (int64, error)
func (*Collection) Distinct(context.Context, string, interface{}, ...*options.DistinctOptions) ([]interface{}, error)
func (*Collection) Find(context.Context, interface{}, ...*options.FindOptions) (*Cursor, error)
func (*Collection) FindOne(context.Context, interface{}, ...*options.FindOneOptions) *SingleResult
func (*Collection) FindOneAndDelete(context.Context, interface{}, ...*options.FindOneAndDeleteOptions) *SingleResult
func (*Collection) FindOneAndReplace(context.Context, interface{}, interface{}, ...*options.FindOneAndReplaceOptions) *SingleResult
func (*Collection) FindOneAndUpdate(context.Context, interface{}, interface{}, ...*options.FindOneAndUpdateOptions) *SingleResult
func (*Collection) Watch(context.Context, interface{}, ...*options.ChangeStreamOptions) (*ChangeStream, error)
func (*Collection) Indexes() IndexView
func (*Collection) Drop(context.Context) error

type IndexModel struct {
	Keys    interface{}
	Options *options.IndexOptions
}
type IndexView struct{}

func (IndexView) CreateOne(context.Context, IndexModel, ...*options.CreateIndexesOptions) (string, error)
func (IndexView) CreateMany(context.Context, []IndexModel, ...*options.CreateIndexesOptions) ([]string, error)
func (IndexView) List(context.Context, ...*options.ListIndexesOptions) (*Cursor, error)

type Cursor struct {
	Current bson.Raw
}

func (*Cursor) ID() int64
func (*Cursor) Next(context.Context) bool
func (*Cursor) TryNext(context.Context) bool
func (*Cursor) Decode(interface{}) error
func (*Cursor) Err() error
func (*Cursor) Close(context.Context) error
func (*Cursor) All(context.Context, interface{}) error
func (*Cursor) SetBatchSize(int32)
func (*Cursor) RemainingBatchLength() int

type ChangeStream struct {
	Current bson.Raw
}

func (*ChangeStream) Next(context.Context) bool
func (*ChangeStream) TryNext(context.Context) bool
func (*ChangeStream) Decode(interface{}) error
func (*ChangeStream) Err() error
func (*ChangeStream) Close(context.Context) error

type SingleResult struct{}

func (*SingleResult) Decode(interface{}) error
func (*SingleResult) Err() error
func (*SingleResult) Raw() (bson.Raw, error)

type InsertOneResult struct {
	InsertedID interface{}
}
type InsertManyResult struct {
	InsertedIDs []interface{}
}
type DeleteResult struct {
	DeletedCount int64
}
type UpdateResult struct {
	MatchedCount, ModifiedCount, UpsertedCount int64
	UpsertedID                                 interface{}
}
type BulkWriteResult struct {
	InsertedCount, MatchedCount, ModifiedCount, DeletedCount, UpsertedCount int64
	UpsertedIDs                                                             map[int64]interface{}
}

var ErrNoDocuments, ErrNilDocument, ErrClientDisconnected error

func IsDuplicateKeyError(error) bool
func IsTimeout(error) bool
func IsNetworkError(error) bool
