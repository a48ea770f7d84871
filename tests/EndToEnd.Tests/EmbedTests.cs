using System.Text.Json.Nodes;

namespace PluginHost.EndToEnd.Tests;

/// <summary>A tool that opens a model: as a command, and as a stage of a pipeline.</summary>
public sealed class EmbedTests : IClassFixture<EmbedTests.Trained>
{
    private readonly Workspace here;

    public EmbedTests(Trained trained) => here = trained.Workspace;

    /// <summary>One run with a stage of each kind of tool.</summary>
    public sealed class Trained : IDisposable
    {
        public Trained()
        {
            Workspace = new Workspace();
            File.WriteAllText(Workspace.Path("two.fa"), $">one\n{string.Concat(Enumerable.Repeat("ACGTTGCA", 100))}\n");
            Workspace.Run("run", "--pipeline", Pipeline(Workspace), "--output", "trained", "--device", "cpu").Expect(0);
        }

        internal Workspace Workspace { get; }

        public void Dispose() => Workspace.Dispose();
    }

    private static string Pipeline(Workspace here, string tools = Tools) =>
        here.Pipeline(2, text => text[..text.IndexOf("  - evaluate")].Replace("compareWithScratch: true", "") + tools);

    private const string Tools = """
          - embed: { input: test.csv, output: e.tsv }
          - embed: { name: tokens, input: test.csv, output: by/token/e.npz, of: token, layer: 0 }
          - data windows: { name: tiles, genome: two.fa, tiles: 100, overlap: 0, output: tiles.csv }
        """;

    private string[] Files(string run) =>
        [.. Directory.GetFiles(here.Path(run, "tools"), "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(here.Path(run, "tools"), f)).Order()];

    private void CopyRun(string to)
    {
        foreach (var file in Directory.GetFiles(here.Path("trained"), "*", SearchOption.AllDirectories))
        {
            var target = here.Path(to, Path.GetRelativePath(here.Path("trained"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    [Fact]
    public void Stages_leave_sealed_folders_with_folders_in_them()
    {
        Assert.Equal(["embed/e.tsv", "embed/manifest.json", "tiles/manifest.json", "tiles/tiles.csv", "tokens/by/token/e.npz",
            "tokens/manifest.json"], Files("trained"));
        Assert.Contains("\"by/token/e.npz\"", File.ReadAllText(here.Path("trained", "tools", "tokens", "manifest.json")));
        Assert.Equal("done", here.Status("trained"));
    }

    [Theory]
    [InlineData("trained")]
    [InlineData("trained/model")]
    public void A_command_on_the_run_writes_what_the_stage_wrote(string model)
    {
        here.Run("embed", model, "test.csv", "--output", "command.tsv", "--force", "--device", "cpu")
            .Expect(0, "90 sequences embedded: command.tsv");
        Assert.Equal(File.ReadAllText(here.Path("trained", "tools", "embed", "e.tsv")), File.ReadAllText(here.Path("command.tsv")));
    }

    [Fact]
    public void A_resumed_run_keeps_what_is_whole_and_does_again_what_is_broken()
    {
        CopyRun("resumed");
        here.Run("run", "--resume", "resumed", "--device", "cpu")
            .Expect(0, "embed: done before, in ", "tokens: done before, in ", "tiles: done before, in ");

        var broken = here.Path("resumed", "tools", "tokens", "by", "token", "e.npz");
        var before = File.ReadAllBytes(broken);
        File.WriteAllBytes(broken, [.. before.Select((b, i) => i == 5000 ? (byte)(b ^ 1) : b)]);
        here.Run("run", "--resume", "resumed", "--device", "cpu").Expect(
            0, "embed: done before", "Stage 'tokens' was done, but its folder",
                "the checksum of by/token/e.npz does not match); it is done again.", "tiles: done before");
        // Zip entries have times; the arrays are the same.
        Assert.Equal(before.Length, new FileInfo(broken).Length);
        Assert.Equal(Files("trained"), Files("resumed"));
        here.Run("run", "--resume", "resumed", "--device", "cpu").Expect(0, "tokens: done before");
    }

    [Fact]
    public void What_tools_read_belongs_to_the_run()
    {
        var recorded = JsonNode.Parse(File.ReadAllText(here.Path("trained", "run.json")))!["data"]!.AsArray();
        Assert.Contains(here.Path("two.fa"), recorded.Select(d => (string)d!["path"]!));

        CopyRun("changed");
        var before = File.ReadAllText(here.Path("two.fa"));
        try
        {
            File.AppendAllText(here.Path("two.fa"), ">more\nACGT\n");
            here.Run("run", "--resume", "changed", "--device", "cpu").Expect(3, "two.fa' changed since the run was started");
        }
        finally { File.WriteAllText(here.Path("two.fa"), before); }
    }

    [Fact]
    public void A_stage_between_others_is_done_again_without_them()
    {
        var between = here.Pipeline(
            2, text => text.Replace("  - finetune:", "  - embed: { input: test.csv, output: e.tsv }\n  - finetune:",
                StringComparison.Ordinal));
        here.Run("run", "--pipeline", between, "--output", "between", "--device", "cpu").Expect(0);
        var metrics = File.ReadAllText(here.Path("between", "metrics.jsonl"));
        File.Delete(here.Path("between", "tools", "embed", "e.tsv"));

        here.Run("run", "--resume", "between", "--device", "cpu").Expect(0, "it is done again.", "finetune: done before");
        Assert.Equal(metrics, File.ReadAllText(here.Path("between", "metrics.jsonl")));
        Assert.True(File.Exists(here.Path("between", "tools", "embed", "e.tsv")));
    }

    [Fact]
    public void A_training_stage_that_is_broken_takes_what_came_after_it_along()
    {
        var between = here.Pipeline(2);
        here.Run("run", "--pipeline", between, "--output", "retrained", "--device", "cpu").Expect(0);
        var metrics = File.ReadAllText(here.Path("retrained", "metrics.jsonl"));
        var weights = File.ReadAllBytes(here.Path("retrained", "model", "model.safetensors"));
        foreach (var checkpoint in Directory.GetDirectories(here.Path("retrained", "checkpoints", "pretrain")))
            File.Delete(Path.Combine(checkpoint, "model.safetensors"));

        here.Run("run", "--resume", "retrained", "--device", "cpu").Expect(0, "it is trained again, and so is what came after it.");
        Assert.Equal(metrics, File.ReadAllText(here.Path("retrained", "metrics.jsonl")));
        Assert.Equal(weights, File.ReadAllBytes(here.Path("retrained", "model", "model.safetensors")));
    }

    [Fact]
    public void A_pipeline_is_checked_with_its_tools()
    {
        here.Run("check", "--pipeline", Pipeline(here), "--device", "cpu").Expect(0, "The pipeline is sound.", "tokens");
        here.Run("check", "--pipeline", Pipeline(here, "  - embed: { input: test.csv, outptu: e.tsv }\n"))
            .Expect(2, "unknown option 'outptu'", "did you mean 'output'", "output: is required");
        here.Run("check", "--pipeline", Pipeline(here, "  - embd: { input: test.csv, output: e.tsv }\n"))
            .Expect(2, "unknown kind of stage 'embd'", "did you mean 'embed'");
        here.Run("check", "--pipeline", Pipeline(here, "  - embed: { input: tset.csv, output: e.tsv }\n"), "--device", "cpu")
            .Expect(3, "tset.csv does not exist, which stage 'embed' reads");
        here.Run("check", "--pipeline", Pipeline(here, "  - embed: { input: test.csv, output: e.tsv, layer: 7 }\n"), "--device", "cpu")
            .Expect(2, "--layer 7: ", "has 1 layer");
        here.Run("check", "--pipeline", Pipeline(here, "  - embed: { input: test.csv, output: e.tsv, of: token, pooling: cls }\n"))
            .Expect(2, "pooling: goes with vectors of sequences");
        var first = here.Pipeline(2, text => text.Replace("stages:", "stages:\n  - embed: { input: test.csv, output: e.tsv }"));
        here.Run("check", "--pipeline", first)
            .Expect(2, "no training stage comes before 'embed'; to use it without one, run the command: host embed.");
    }

    [Fact]
    public void A_stage_writes_into_its_folder_alone()
    {
        here.Run("run", "--pipeline", Pipeline(here, "  - embed: { input: test.csv, output: ../e.tsv }\n"), "--output", "outside",
            "--device", "cpu")
            .Expect(2, "'../e.tsv' lies outside the stage's folder");
        here.Run("run", "--pipeline", Pipeline(here, "  - embed: { input: test.csv, output: manifest.json }\n"), "--output", "list",
            "--device", "cpu").Expect(2, "is the list of the files");
    }

    [Fact]
    public void What_a_command_cannot_do_is_said_before_it_begins()
    {
        File.Copy(here.Path("test.csv"), here.Path("same.tsv"), overwrite: true);
        here.Run("embed", "trained", "same.tsv", "--output", "same.tsv", "--force").Expect(2, "--output same.tsv is the input itself");
        here.Run("embed", "trained", "test.csv", "--output", "same.tsv")
            .Expect(2, "same.tsv exists already; choose another name, or replace it with --force.");
        here.Run("embed", "trained", "test.csv", "--output", "e.xls")
            .Expect(2, "the name must end in .tsv, .csv or .jsonl (and .gz after it, to pack it), .parquet or .npz.");
        here.Run("embed", "nothing", "test.csv", "--output", "e.tsv").Expect(3, "nothing");
        here.Run("embed", "trained", "nothing.fa", "--output", "e.tsv").Expect(3, "nothing.fa does not exist.");
        here.Run("embed", "trained", "--output", "e.tsv").Expect(2, "Required argument 'INPUT' missing");
        here.Run("embed", "trained", "test.csv", "--output", "e.tsv", "--layer", "2", "--device", "cpu")
            .Expect(2, "has 1 layer; give 0, the embeddings, to 1.");
        here.Run("embed", "trained", "test.csv", "--output", "missing/e.tsv", "--device", "cpu")
            .Expect(2, "the folder missing does not exist");
        Assert.False(File.Exists(here.Path("e.tsv")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Stopped_in_the_midst_it_leaves_no_half_file(bool gently)
    {
        using (var host = HostProcess.Start(here.Folder, "embed", "trained", Repository.Sample("genome", "chr2R.fa.gz"), "--output",
            "genome.npz", "--of", "token", "--device", "cpu"))
        {
            while (!host.HasExited && !(Partial().Length > 0 && host.Error.Contains("sequences embedded")))
                Thread.Sleep(1);
            Assert.False(host.HasExited, host.Error);
            if (gently)
            {
                host.PressCtrlC();
                host.Wait().Expect(130);
            }
            else host.Kill();
        }
        // A kill leaves what was being written under a hidden name, never the one that was asked for.
        Assert.False(File.Exists(here.Path("genome.npz")));
        Assert.Equal(gently, Partial().Length == 0);
        foreach (var file in Partial()) File.Delete(file);

        string[] Partial() => Directory.GetFiles(here.Folder, ".partial-*");
    }
}
