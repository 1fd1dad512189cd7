package embedded_test

import (
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/taskqueue/v1"
	"go.temporal.io/api/workflowservice/v1"

	"payung/deploy/standalone/embedded"
)

func TestARestartKeepsNamespaceAndWorkflows(t *testing.T) {
	t.Parallel()
	file := storeFile(t)

	first := start(t, embedded.Options{File: file})
	require.True(t, first.Fresh(), "a new store is empty")
	require.NoError(t, startWorkflow(t.Context(), connect(t, options(first)), "kept"))
	namespace := describeNamespace(t, first)
	first.Stop()

	second := start(t, embedded.Options{File: file})
	require.False(t, second.Fresh(), "the store holds a workflow")
	require.Equal(t, namespace.GetNamespaceInfo().GetId(), describeNamespace(t, second).GetNamespaceInfo().GetId())
	requireRunning(t, second, "kept")
}

// TestADeletedStoreIsMadeAnew matters to whoever starts the workflows again from
// the ledger, in the same process that had the old store open.
func TestADeletedStoreIsMadeAnew(t *testing.T) {
	t.Parallel()
	file := storeFile(t)
	first := start(t, embedded.Options{File: file})
	require.NoError(t, startWorkflow(t.Context(), connect(t, options(first)), "lost"))
	first.Stop()
	require.NoError(t, os.RemoveAll(filepath.Dir(file)))

	second := start(t, embedded.Options{File: file})
	require.True(t, second.Fresh())
	require.NoError(t, startWorkflow(t.Context(), connect(t, options(second)), "begun again"))
	requireRunning(t, second, "begun again")
}

// TestACopyOfTheFileAloneIsComplete after a stop: backups need no second file.
func TestACopyOfTheFileAloneIsComplete(t *testing.T) {
	t.Parallel()
	file := storeFile(t)
	first := start(t, embedded.Options{File: file})
	require.NoError(t, startWorkflow(t.Context(), connect(t, options(first)), "copied"))
	first.Stop()
	content, err := os.ReadFile(file)
	require.NoError(t, err)
	elsewhere := filepath.Join(t.TempDir(), "a copy?100% #1.db")
	require.NoError(t, os.WriteFile(elsewhere, content, 0o600))

	requireRunning(t, start(t, embedded.Options{File: elsewhere}), "copied")
}

func TestOnlyTheOwnerCanReadTheFiles(t *testing.T) {
	t.Parallel()
	file := storeFile(t)
	first := start(t, embedded.Options{File: file})
	requirePrivate(t, file)
	first.Stop()

	for _, name := range []string{file, file + "-wal", file + "-shm"} {
		require.NoError(t, os.Chmod(name, 0o644)) // as a careless restore leaves it
	}
	start(t, embedded.Options{File: file})
	requirePrivate(t, file)
}

func requirePrivate(t *testing.T, file string) {
	t.Helper()
	folder, err := os.Stat(filepath.Dir(file))
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o700), folder.Mode().Perm(), folder.Name())
	for _, name := range []string{file, file + "-wal", file + "-shm", file + ".lock"} {
		info, err := os.Stat(name)
		require.NoError(t, err)
		require.Equal(t, os.FileMode(0o600), info.Mode().Perm(), name)
	}
}

func TestASecondServerOnTheSameFileIsRefused(t *testing.T) {
	t.Parallel()
	file := storeFile(t)
	s := start(t, embedded.Options{File: file})

	link := filepath.Join(t.TempDir(), "link.db")
	require.NoError(t, os.Symlink(file, link))
	for _, path := range []string{file, link} {
		_, err := embedded.Start(t.Context(), embedded.Options{File: path})
		require.ErrorIs(t, err, embedded.ErrInUse)
		require.ErrorContains(t, err, file)
	}
	require.NoError(t, startWorkflow(t.Context(), connect(t, options(s)), "undisturbed"))
}

// TestAFileThatIsNotOursIsLeftAlone such as the ledger, named by mistake.
func TestAFileThatIsNotOursIsLeftAlone(t *testing.T) {
	t.Parallel()
	ledger := filepath.Join(t.TempDir(), "ledger.db")
	db, err := sql.Open("sqlite", ledger)
	require.NoError(t, err)
	_, err = db.ExecContext(t.Context(), "CREATE TABLE agreements (id TEXT)")
	require.NoError(t, err)
	require.NoError(t, db.Close())
	letter := filepath.Join(t.TempDir(), "letter.txt")
	require.NoError(t, os.WriteFile(letter, []byte("not a database"), 0o600))

	for _, file := range []string{ledger, letter} {
		before, err := os.ReadFile(file)
		require.NoError(t, err)
		_, err = embedded.Start(t.Context(), embedded.Options{File: file})
		require.ErrorContains(t, err, file)
		require.Equal(t, file == ledger, errors.Is(err, embedded.ErrSchema))
		after, err := os.ReadFile(file)
		require.NoError(t, err)
		require.Equal(t, before, after, file)
	}
}

func TestTheNamespaceAndItsQueuesFitOneMachine(t *testing.T) {
	t.Parallel()
	s := start(t, embedded.Options{File: storeFile(t), Namespace: "konawe", Retention: 48 * time.Hour})

	require.Equal(t, "konawe", s.Namespace())
	require.Equal(t, 48*time.Hour, describeNamespace(t, s).GetConfig().GetWorkflowExecutionRetentionTtl().AsDuration())
	partitions, err := connect(t, options(s)).WorkflowService().ListTaskQueuePartitions(t.Context(),
		&workflowservice.ListTaskQueuePartitionsRequest{
			Namespace: s.Namespace(),
			TaskQueue: &taskqueue.TaskQueue{Name: queue, Kind: enums.TASK_QUEUE_KIND_NORMAL},
		})
	require.NoError(t, err)
	require.Len(t, partitions.GetWorkflowTaskQueuePartitions(), 1)
}

func describeNamespace(t *testing.T, s *embedded.Server) *workflowservice.DescribeNamespaceResponse {
	t.Helper()
	found, err := connect(t, options(s)).WorkflowService().DescribeNamespace(t.Context(),
		&workflowservice.DescribeNamespaceRequest{Namespace: s.Namespace()})
	require.NoError(t, err)
	return found
}
