//glc:package go.mongodb.org/mongo-driver/v2/mongo
package mongo

import (
	"context"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
	"go.mongodb.org/mongo-driver/v2/mongo/readpref"
)

type Pipeline []bson.D
type Session struct{}

func (*Session) StartTransaction(...options.Lister[options.TransactionOptions]) error
func (*Session) AbortTransaction(context.Context) error
func (*Session) CommitTransaction(context.Context) error
func (*Session) WithTransaction(context.Context, func(context.Context) (any, error), ...options.Lister[options.TransactionOptions]) (any, error)
func (*Session) EndSession(context.Context)
func (*Session) Client() *Client

type Client struct{}

func Connect(...*options.ClientOptions) (*Client, error)
func NewSessionContext(context.Context, *Session) context.Context
func WithSession(context.Context, *Session, func(context.Context) error) error
func (*Client) Disconnect(context.Context) error
func (*Client) Ping(context.Context, *readpref.ReadPref) error
func (*Client) StartSession(...options.Lister[options.SessionOptions]) (*Session, error)
func (*Client) UseSession(context.Context, func(context.Context) error) error
func (*Client) Database(string, ...options.Lister[options.DatabaseOptions]) *Database
func (*Client) ListDatabaseNames(context.Context, any, ...options.Lister[options.ListDatabasesOptions]) ([]string, error)
func (*Client) Watch(context.Context, any, ...options.Lister[options.ChangeStreamOptions]) (*ChangeStream, error)

type Database struct{}

func (*Database) Client() *Client
func (*Database) Name() string
func (*Database) Collection(string, ...options.Lister[options.CollectionOptions]) *Collection
func (*Database) Aggregate(context.Context, any, ...options.Lister[options.AggregateOptions]) (*Cursor, error)
func (*Database) RunCommand(context.Context, any, ...options.Lister[options.RunCmdOptions]) *SingleResult
func (*Database) Drop(context.Context) error
func (*Database) ListCollectionNames(context.Context, any, ...options.Lister[options.ListCollectionsOptions]) ([]string, error)

type WriteModel interface{}
type Collection struct{}

func (*Collection) Name() string
func (*Collection) Database() *Database
func (*Collection) InsertOne(context.Context, any, ...options.Lister[options.InsertOneOptions]) (*InsertOneResult, error)
func (*Collection) InsertMany(context.Context, any, ...options.Lister[options.InsertManyOptions]) (*InsertManyResult, error)
func (*Collection) DeleteOne(context.Context, any, ...options.Lister[options.DeleteOneOptions]) (*DeleteResult, error)
func (*Collection) DeleteMany(context.Context, any, ...options.Lister[options.DeleteManyOptions]) (*DeleteResult, error)
func (*Collection) UpdateByID(context.Context, any, any, ...options.Lister[options.UpdateOneOptions]) (*UpdateResult, error)
func (*Collection) UpdateOne(context.Context, any, any, ...options.Lister[options.UpdateOneOptions]) (*UpdateResult, error)
func (*Collection) UpdateMany(context.Context, any, any, ...options.Lister[options.UpdateManyOptions]) (*UpdateResult, error)
func (*Collection) ReplaceOne(context.Context, any, any, ...options.Lister[options.ReplaceOptions]) (*UpdateResult, error)
func (*Collection) BulkWrite(context.Context, []WriteModel, ...options.Lister[options.BulkWriteOptions]) (*BulkWriteResult, error)
func (*Collection) Aggregate(context.Context, any, ...options.Lister[options.AggregateOptions]) (*Cursor, error)
func (*Collection) CountDocuments(context.Context, any, ...options.Lister[options.CountOptions]) (int64, error)
func (*Collection) EstimatedDocumentCount(context.Context, ...options.Lister[options.EstimatedDocumentCountOptions]) (int64, error)
func (*Collection) Distinct(context.Context, string, any, ...options.Lister[options.DistinctOptions]) *DistinctResult
func (*Collection) Find(context.Context, any, ...options.Lister[options.FindOptions]) (*Cursor, error)
func (*Collection) FindOne(context.Context, any, ...options.Lister[options.FindOneOptions]) *SingleResult
func (*Collection) FindOneAndDelete(context.Context, any, ...options.Lister[options.FindOneAndDeleteOptions]) *SingleResult
func (*Collection) FindOneAndReplace(context.Context, any, any, ...options.Lister[options.FindOneAndReplaceOptions]) *SingleResult
func (*Collection) FindOneAndUpdate(context.Context, any, any, ...options.Lister[options.FindOneAndUpdateOptions]) *SingleResult
func (*Collection) Watch(context.Context, any, ...options.Lister[options.ChangeStreamOptions]) (*ChangeStream, error)

type DistinctResult struct{}

func (*DistinctResult) Decode(any) error
func (*DistinctResult) Err() error

type Cursor struct {
	Current bson.Raw
}

func (*Cursor) ID() int64
func (*Cursor) Next(context.Context) bool
func (*Cursor) TryNext(context.Context) bool
func (*Cursor) Decode(any) error
func (*Cursor) Err() error
func (*Cursor) Close(context.Context) error
func (*Cursor) All(context.Context, any) error

type ChangeStream struct {
	Current bson.Raw
}

func (*ChangeStream) Next(context.Context) bool
func (*ChangeStream) TryNext(context.Context) bool
func (*ChangeStream) Decode(any) error
func (*ChangeStream) Err() error
func (*ChangeStream) Close(context.Context) error

type SingleResult struct{}

func (*SingleResult) Decode(any) error
func (*SingleResult) Err() error

type InsertOneResult struct {
	InsertedID   any
	Acknowledged bool
}
type InsertManyResult struct {
	InsertedIDs  []any
	Acknowledged bool
}
type DeleteResult struct {
	DeletedCount int64
	Acknowledged bool
}
type UpdateResult struct {
	MatchedCount, ModifiedCount, UpsertedCount int64
	UpsertedID                                 any
	Acknowledged                               bool
}
type BulkWriteResult struct {
	InsertedCount, MatchedCount, ModifiedCount, DeletedCount, UpsertedCount int64
	UpsertedIDs                                                             map[int64]any
	Acknowledged                                                            bool
}

var ErrNoDocuments, ErrClientDisconnected error

func IsDuplicateKeyError(error) bool
func IsTimeout(error) bool
func IsNetworkError(error) bool
