namespace PluginHost.EndToEnd.Tests;

/// <summary>One uninterrupted run that several tests compare with.</summary>
public sealed class ReferenceRun : IDisposable
{
    public ReferenceRun()
    {
        Workspace = new Workspace();
        Pipeline = Workspace.Pipeline();
        Result = Workspace.Run("run", "--pipeline", Pipeline, "--output", "reference", "--device", "cpu").Expect(0);
        Fingerprint = Workspace.Fingerprint("reference");
    }

    internal Workspace Workspace { get; }

    internal string Pipeline { get; }

    internal HostProcess.Result Result { get; }

    internal string Fingerprint { get; }

    public void Dispose() => Workspace.Dispose();
}
