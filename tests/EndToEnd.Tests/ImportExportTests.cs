namespace PluginHost.EndToEnd.Tests;

/// <summary>Published weights in, a folder for other programs out, through the real process.</summary>
public sealed class ImportExportTests : IDisposable
{
    private static readonly string golden = Path.Combine(Repository.Root, "tests", "Host.Tests", "Checkpoints", "Golden");

    private readonly string folder = Directory.CreateTempSubdirectory("pluginhost-import-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private HostProcess.Result Host(params string[] arguments) => HostProcess.Run(folder, arguments);

    private string Read(string file) => Convert.ToHexString(File.ReadAllBytes(Path.Combine(folder, file)));

    [Fact]
    public void An_imported_model_predicts_and_survives_export_and_import()
    {
        File.WriteAllText(Path.Combine(folder, "new.csv"), "sequence\nACGTACGTTGCAACGGTACCATGATTACA\nGGGCCCTATAAAAGGC\n");
        Host("import", Path.Combine(golden, "layouts", "dnabert-classifier"), "--as", "dnabert", "--output", "model")
            .Expect(0, "weights with", "0 are at random", "Left out: cls.predictions.bias");
        var before = Host("predict", "model", "new.csv").Expect(0, "donor", "acceptor", "neither").Output;
        Host("export", "model", "--format", "hf", "--output", "exported").Expect(0, "Exported:");
        Host("import", "exported", "--as", "dnabert", "--output", "again").Expect(0);
        Assert.Equal(Read("model/model.safetensors"), Read("again/model.safetensors"));
        Assert.Equal(before, Host("predict", "again", "new.csv").Expect(0).Output);
    }

    [Fact]
    public void What_is_wrong_ends_with_its_exit_code_and_leaves_nothing()
    {
        File.WriteAllBytes(Path.Combine(folder, "bad.bin"),
            [.. File.ReadAllBytes(Path.Combine(golden, "stream.bin"))[..15], 0x80, 2, .. "cposix\nsystem\n."u8]);
        var refused = Host("import", "bad.bin", "--as", "dnabert", "--output", "model").Expect(3, "it names posix.system");
        Assert.Single(refused.Error.Trim().Split('\n'));
        Host("import", Path.Combine(golden, "layouts", "dnabert-3")).Expect(2, "--as");
        Host("export", "nowhere", "--output", "x").Expect(3, "There is no model");
        Assert.Equal(["bad.bin"], Directory.GetFileSystemEntries(folder).Select(Path.GetFileName));
    }
}
