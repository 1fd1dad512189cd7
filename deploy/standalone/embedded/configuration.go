package embedded

import (
	"fmt"
	"net"
	"strconv"

	"go.temporal.io/server/common/cluster"
	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/membership/static"
	"go.temporal.io/server/common/primitives"
)

const (
	loopback      = "127.0.0.1"
	clusterName   = "active"
	historyShards = 4
	storeName     = "sqlite"
	archivalOff   = "disabled"
)

// services are all there are. The server's own workers speak to the internal
// frontend, which asks for a certificate where the frontend asks for a token.
var services = []primitives.ServiceName{
	primitives.FrontendService,
	primitives.InternalFrontendService,
	primitives.HistoryService,
	primitives.MatchingService,
	primitives.WorkerService,
}

// ports are the loopback ports of the services.
type ports map[primitives.ServiceName]int

// freePorts finds a port for each service. Somebody else may take one before the
// service does; then the server does not start and other ports are tried.
func freePorts() (ports, error) {
	found := ports{}
	for _, service := range services {
		listener, err := net.Listen("tcp", net.JoinHostPort(loopback, "0"))
		if err != nil {
			return nil, fmt.Errorf("port for %s: %w", service, err)
		}
		defer func() { _ = listener.Close() }() // kept until all are found
		found[service] = listener.Addr().(*net.TCPAddr).Port
	}
	return found, nil
}

func (p ports) address(service primitives.ServiceName) string {
	return net.JoinHostPort(loopback, strconv.Itoa(p[service]))
}

// hosts tells every service where the others are, so that none has to listen for
// members of a cluster.
func (p ports) hosts() map[primitives.ServiceName]static.Hosts {
	hosts := map[primitives.ServiceName]static.Hosts{}
	for service := range p {
		hosts[service] = static.SingleLocalHost(p.address(service))
	}
	return hosts
}

// configuration describes a cluster of one, without metrics, archive and HTTP.
func configuration(sql *config.SQL, p ports) *config.Config {
	listening := map[string]config.Service{}
	for service, port := range p {
		listening[string(service)] = config.Service{RPC: config.RPC{GRPCPort: port, BindOnIP: loopback}}
	}
	return &config.Config{
		Services: listening,
		Persistence: config.Persistence{
			DefaultStore:     storeName,
			VisibilityStore:  storeName,
			NumHistoryShards: historyShards,
			DataStores:       map[string]config.DataStore{storeName: {SQL: sql}},
		},
		ClusterMetadata: &cluster.Config{
			FailoverVersionIncrement: 10,
			MasterClusterName:        clusterName,
			CurrentClusterName:       clusterName,
			ClusterInformation: map[string]cluster.ClusterInformation{clusterName: {
				Enabled:                true,
				InitialFailoverVersion: 1,
				RPCAddress:             p.address(primitives.FrontendService),
			}},
		},
		DCRedirectionPolicy: config.DCRedirectionPolicy{Policy: "noop"},
		Archival: config.Archival{
			History:    config.HistoryArchival{State: archivalOff},
			Visibility: config.VisibilityArchival{State: archivalOff},
		},
		NamespaceDefaults: config.NamespaceDefaults{Archival: config.ArchivalNamespaceDefaults{
			History:    config.HistoryArchivalNamespaceDefaults{State: archivalOff},
			Visibility: config.VisibilityArchivalNamespaceDefaults{State: archivalOff},
		}},
	}
}
