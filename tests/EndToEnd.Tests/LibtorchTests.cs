namespace PluginHost.EndToEnd.Tests;

/// <summary>A libtorch that cannot be had ends a command with one sentence and exit code 5, and writes no run folder.</summary>
public sealed class LibtorchTests : IDisposable
{
    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    private HostProcess.Result Run(string variable, string value, params string[] arguments) =>
        HostProcess.Run(workspace.Folder, new Dictionary<string, string> { [variable] = value }, arguments);

    private string Folder(string name) => Directory.CreateDirectory(Path.Combine(workspace.Folder, name)).FullName;

    [Theory]
    [InlineData("none", "there is no such folder")]
    [InlineData("empty", "it has no libc10.so")]
    [InlineData("damaged", "not a 64-bit ELF library")]
    public void A_folder_that_is_no_libtorch(string kind, string why)
    {
        var folder = kind == "none" ? Path.Combine(workspace.Folder, "none") : Folder(kind);
        if (kind == "damaged")
            foreach (var file in (string[])["libc10.so", "libtorch_cpu.so", "libtorch.so"])
                File.WriteAllText(Path.Combine(folder, file), "text");
        var pipeline = Path.Combine(Repository.Root, "pipelines", "quickstart.yaml");
        var result = Run("PLUGINHOST_LIBTORCH", folder, "run", "--pipeline", pipeline, "--output", "out");
        result.Expect(5, "PLUGINHOST_LIBTORCH", why);
        Assert.Single(result.Error.Trim().Split('\n'));
        Assert.False(Directory.Exists(Path.Combine(workspace.Folder, "out")));
        Run("PLUGINHOST_LIBTORCH", folder, "doctor").Expect(5, "cannot be loaded", why);
    }

    [Fact]
    public void No_room_for_the_mended_copy()
    {
        var healthy = HostProcess.Run(workspace.Folder, "doctor").Expect(0, "libtorch");
        Assert.SkipUnless(healthy.Output.Contains("mended"), "this system's libstdc++ is new enough: nothing is mended");
        var file = Path.Combine(workspace.Folder, "file");
        File.WriteAllText(file, "");
        Run("XDG_CACHE_HOME", file, "doctor").Expect(5, "XDG_CACHE_HOME");
    }

    [Fact]
    public void A_libtorch_of_the_systems_own_changes_nothing()
    {
        // Where there is one, ours is loaded as soon as TorchSharp's assembly is.
        var folder = Folder("system");
        File.WriteAllText(Path.Combine(folder, "libtorch_cpu.so"), "text");
        Run("LD_LIBRARY_PATH", folder, "doctor").Expect(0, "an optimizer's step are right");
        Run("LD_LIBRARY_PATH", folder, "plugins", "list").Expect(0, "BertEncoder");
    }

    [Fact]
    public void Commands_that_need_no_tensors_need_no_libtorch() =>
        Run("PLUGINHOST_LIBTORCH", "/none", "plugins", "list").Expect(0, "BertEncoder");
}
