package sheet

import (
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

// settings keep LibreOffice from running what a file brings along and from
// following its links.
const settings = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
</oor:items>
`

// settle lays out what a conversion needs: the file, a profile of its own and a
// place for the result.
func settle(dir string, file io.Reader) error {
	for _, name := range []string{"profile/user", "out"} {
		if err := os.MkdirAll(filepath.Join(dir, name), 0o700); err != nil {
			return err
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "profile/user/registrymodifications.xcu"), []byte(settings), 0o600); err != nil {
		return err
	}
	content, err := io.ReadAll(file)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "list.xls"), content, 0o600)
}

// filters are what LibreOffice calls the formats. Left to itself it takes for
// text what it does not know, and of two readers of one format takes either.
var filters = map[Kind]string{
	XLS:     "MS Excel 97",
	XLSB:    "Calc MS Excel 2007 Binary",
	XML2003: "MS Excel 2003 XML Orcus",
}

// convert runs LibreOffice until it is done or ctx ends it, with all it started.
// It is given none of our environment, and a proxy that is not there.
func convert(ctx context.Context, office, dir string, kind Kind) error {
	cmd := exec.CommandContext(ctx, office, //nolint:gosec // found on the operator's PATH; the arguments are ours
		"-env:UserInstallation=file://"+filepath.Join(dir, "profile"),
		"--headless", "--norestore", "--nologo", "--nolockcheck",
		"--infilter="+filters[kind], "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", filepath.Join(dir, "out"), filepath.Join(dir, "list.xls"))
	cmd.Dir = dir
	cmd.Env = []string{
		"HOME=" + dir, "TMPDIR=" + dir, "PATH=" + os.Getenv("PATH"), "LANG=C.UTF-8",
		"http_proxy=http://127.0.0.1:9", "https_proxy=http://127.0.0.1:9",
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.WaitDelay = 5 * time.Second
	return cmd.Run()
}
