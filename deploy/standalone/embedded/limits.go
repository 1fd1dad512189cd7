package embedded

import "go.temporal.io/server/common/dynamicconfig"

// limits fit a server that shares a small machine with the application; the
// defaults are those of one host among many. The look-ahead of timers keeps its
// one second.
var limits = dynamicconfig.StaticClient{
	// One worker process polls each queue; partitions only delay its tasks.
	dynamicconfig.MatchingNumTaskqueueReadPartitions.Key():  1,
	dynamicconfig.MatchingNumTaskqueueWritePartitions.Key(): 1,

	// The web interface counts and lists a dozen times per page; ten a second,
	// the default, makes it show errors. Other rates are above what two cores do.
	dynamicconfig.FrontendMaxNamespaceVisibilityRPSPerInstance.Key(): 100,

	// A cached workflow takes about 45 KB, and one that is not in the cache a few
	// reads from a file this machine has in memory. 128,000 are kept by default.
	dynamicconfig.HistoryCacheHostLevelMaxSize.Key(): 512,

	// All tasks end up on the one connection to the file, so more than these only
	// wait there. By default there are 512 of each.
	dynamicconfig.TransferProcessorSchedulerWorkerCount.Key():   64,
	dynamicconfig.TimerProcessorSchedulerWorkerCount.Key():      64,
	dynamicconfig.VisibilityProcessorSchedulerWorkerCount.Key(): 16,

	// There is no other cluster to replicate from.
	dynamicconfig.ReplicationProcessorSchedulerWorkerCount.Key():            1,
	dynamicconfig.ReplicationLowPriorityProcessorSchedulerWorkerCount.Key(): 1,
}
