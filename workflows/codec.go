package workflows

import (
	"errors"
	"fmt"
	"net/http"

	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"
	"google.golang.org/protobuf/proto"

	"payung/keyring"
)

// Names in a payload's metadata.
const (
	encodingKey   = "encoding"
	encodingValue = "binary/payung-1"
	keyIDKey      = "payung-key"
)

// Codec encrypts every payload that reaches Temporal's histories, with the
// key's ID beside it.
type Codec struct{ Keys *keyring.Ring }

// Encode encrypts payloads.
func (c Codec) Encode(in []*commonpb.Payload) ([]*commonpb.Payload, error) {
	out := make([]*commonpb.Payload, len(in))
	for i, p := range in {
		plain, err := proto.Marshal(p)
		if err != nil {
			return nil, fmt.Errorf("codec: %w", err)
		}
		out[i] = &commonpb.Payload{
			Metadata: map[string][]byte{encodingKey: []byte(encodingValue), keyIDKey: []byte(c.Keys.ID())},
			Data:     c.Keys.SealPayload(plain),
		}
	}
	return out, nil
}

// Decode is the inverse of Encode, by any key of the ring: histories outlive the
// key they began with. Payloads that were never encrypted pass.
func (c Codec) Decode(in []*commonpb.Payload) ([]*commonpb.Payload, error) {
	out := make([]*commonpb.Payload, len(in))
	for i, p := range in {
		if string(p.GetMetadata()[encodingKey]) != encodingValue {
			out[i] = p
			continue
		}
		if id := string(p.GetMetadata()[keyIDKey]); !c.Keys.Has(id) {
			return nil, fmt.Errorf("codec: this payload was written with key %s, which is not in the key file", id)
		}
		plain, err := c.Keys.OpenPayload(p.GetData())
		if err != nil {
			return nil, err
		}
		out[i] = new(commonpb.Payload)
		if err := proto.Unmarshal(plain, out[i]); err != nil {
			return nil, errors.New("codec: damaged payload")
		}
	}
	return out, nil
}

// Converters are the data and failure converters of every client, worker and
// replayer: payloads and the messages of failures are encrypted.
func Converters(keys *keyring.Ring) (converter.DataConverter, converter.FailureConverter) {
	dc := converter.NewCodecDataConverter(converter.GetDefaultDataConverter(), Codec{Keys: keys})
	return dc, temporal.NewDefaultFailureConverter(temporal.DefaultFailureConverterOptions{DataConverter: dc, EncodeCommonAttributes: true})
}

// CodecHandler decodes payloads for Temporal's own pages. It is a key in the
// shape of a door: mount it only behind a login.
func CodecHandler(keys *keyring.Ring) http.Handler {
	return converter.NewPayloadCodecHTTPHandler(Codec{Keys: keys})
}
