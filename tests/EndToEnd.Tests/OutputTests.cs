using System.Diagnostics;

namespace PluginHost.EndToEnd.Tests;

/// <summary>Where results go: files, streams that are closed or full, and never over an input.</summary>
public sealed class OutputTests : IClassFixture<ReferenceRun>
{
    private readonly Workspace here;

    public OutputTests(ReferenceRun reference) => here = reference.Workspace;

    /// <summary>Runs a line of bash in which <c>$H</c> is the host.</summary>
    private (int Code, string Output, string Error) Shell(string line)
    {
        var start = new ProcessStartInfo("bash")
        {
            WorkingDirectory = here.Folder, RedirectStandardOutput = true, RedirectStandardError = true,
            ArgumentList = { "-c", $"set -o pipefail; H='dotnet {Repository.HostDll}'; {line}" },
        };
        start.Environment["OMP_NUM_THREADS"] = "1";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(240_000));
        return (process.ExitCode, output, error.Result);
    }

    [Theory]
    [InlineData("predict")]
    [InlineData("evaluate")]
    public void A_table_is_written_beside_its_input_and_never_over_it(string command)
    {
        var before = File.ReadAllText(here.Path("test.csv"));
        var name = $"{command}.csv";
        here.Run(command, "reference", "test.csv", "-o", "test.csv").Expect(2, "is the input itself");
        here.Run(command, "reference", "test.csv", "-o", name).Expect(0);
        var written = File.ReadAllText(here.Path(name));
        Assert.StartsWith("id,label,predicted,p_donor", written);
        here.Run(command, "reference", "test.csv", "-o", name).Expect(2, "exists already; choose another name, or replace it with --force");
        here.Run(command, "reference", "test.csv", "-o", name, "--force").Expect(0);
        Assert.Equal(written, File.ReadAllText(here.Path(name)));
        Assert.Equal(before, File.ReadAllText(here.Path("test.csv")));
        Assert.DoesNotContain(Directory.EnumerateFiles(here.Folder), f => Path.GetFileName(f).StartsWith('.'));
    }

    [Fact]
    public void The_same_table_comes_by_every_way()
    {
        var (code, plain, _) = Shell("$H predict reference test.csv -q");
        Assert.Equal(0, code);
        Assert.Equal(91, plain.TrimEnd('\n').Split('\n').Length);
        foreach (var way in (string[])["-o -", "-o /dev/stdout", "-o /dev/stderr 2>&1", "-o >(cat) | cat", "2>&-"])
            Assert.Equal((0, plain), Shell($"$H predict reference test.csv -q {way}") is var (c, o, _) ? (c, o) : default);
        Assert.Equal(plain, Shell("$H predict reference test.csv -q -o same.tsv.gz && zcat same.tsv.gz").Output);
    }

    [Theory]
    [InlineData("$H predict reference test.csv -q | head -1", 0, "")]
    [InlineData("$H predict reference test.csv -q > /dev/full", 5, "standard output cannot be written (No space left on device)")]
    [InlineData("$H predict reference test.csv -q >&-", 5, "standard output cannot be written (it is closed)")]
    [InlineData("$H predict reference test.csv -q -o /dev/full", 5, "no space is left")]
    [InlineData("$H predict reference test.csv -q >> test.csv", 2, "standard output is the input itself")]
    [InlineData("$H evaluate reference test.csv -q > /dev/full", 5, "standard output cannot be written")]
    public void A_stream_that_takes_nothing_is_told_without_a_stack_trace(string line, int expected, string said)
    {
        var before = File.ReadAllText(here.Path("test.csv"));
        var (code, _, error) = Shell(line);
        Assert.Equal(expected, code);
        Assert.Contains(said, error);
        Assert.DoesNotContain("   at ", error);
        Assert.Equal(before, File.ReadAllText(here.Path("test.csv")));
    }

    [Theory]
    [InlineData("closed", ">&- 2>&-")]
    [InlineData("full", "> /dev/full 2> /dev/full")]
    public void A_run_without_a_stream_to_speak_to_is_done_and_whole(string name, string streams)
    {
        var (code, _, _) = Shell($"$H run --pipeline tiny.yaml --output {name} --device cpu {streams}");
        Assert.Equal(0, code);
        Assert.Equal("done", here.Status(name));
        Assert.Equal(here.Fingerprint("reference"), here.Fingerprint(name));
    }

    [Fact]
    public void A_token_objective_is_evaluated_sequence_by_sequence()
    {
        var pipeline = File.ReadAllText(here.Path("tiny.yaml"));
        File.WriteAllText(here.Path("tokens.yaml"), pipeline[..pipeline.IndexOf("  - finetune")] + """
              - evaluate: { data: { use: table, test: test.csv }, baselines: false }
            """);
        here.Run("run", "--pipeline", "tokens.yaml", "--output", "tokens", "--device", "cpu").Expect(0);
        var lines = File.ReadAllLines(here.Path("tokens/predictions/evaluate.tsv"));
        Assert.StartsWith("id\tloss\ttokens\tperplexity", lines[0]);
        Assert.True(lines.Length > 1);
        here.Run("evaluate", "tokens", "test.csv", "-o", "tokens.csv").Expect(0);
        Assert.Equal(91, File.ReadAllLines(here.Path("tokens.csv")).Length);
        here.Run("predict", "tokens", "test.csv").Expect(2, "host evaluate MODEL DATA --output FILE");
    }
}
