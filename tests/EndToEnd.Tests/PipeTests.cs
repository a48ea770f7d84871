namespace PluginHost.EndToEnd.Tests;

/// <summary>Input that is no file: pipes, devices, and too few descriptors to read any.</summary>
public sealed class PipeTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pluginhost-pipes-").FullName;

    public PipeTests() => File.WriteAllText(Path.Combine(folder, "a.fa"), ">a\nACGTACGTAC\n>b\nGGGTACGTAC\n");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_tool_reads_standard_input_and_substituted_processes()
    {
        Shell.Run(folder, "cat a.fa | $HOST data windows --genome - --tiles 5 --overlap 0 --output o.csv && cat o.csv")
            .Expect(0, "4 windows", "ACGTA");
        Shell.Run(folder, "gzip -c a.fa | $HOST data check -").Expect(0, "Nothing wrong was found.");
        Shell.Run(folder,
            "$HOST data windows --genome <(gzip -c a.fa) --features <(printf 'a\\t1\\t9\\n') --anchor whole --output p.csv && "
            + "cat p.csv").Expect(0, "1 window", "CGTACGTA");
    }

    [Theory]
    [InlineData("data check pipe", "TERM", 143)]
    [InlineData("data windows --genome a.fa --features pipe --anchor whole --output o.csv", "INT", 130)]
    [InlineData("data haplotypes --genome a.fa --variants pipe --output o", "TERM", 143)]
    [InlineData("check --pipeline pipe", "INT", 130)]
    public void A_pipe_that_nobody_writes_ends_with_the_first_signal(string command, string signal, int code) =>
        Shell.Run(folder, $"mkfifo pipe; env --default-signal=INT $HOST {command} & sleep 3; kill -{signal} $!; wait $!").Expect(code);

    [Fact]
    public void A_writer_that_stops_does_not_hold_the_host_either() =>
        Shell.Run(folder, "mkfifo pipe; (printf 'sequence,label\\nACGT,1\\n'; exec sleep 30) > pipe & "
            + "$HOST data check pipe & sleep 3; kill -TERM $!; wait $!").Expect(143);

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/dev/urandom")]
    [InlineData(".")]
    public void What_never_ends_is_no_pipeline(string path) => Shell.Run(folder, $"$HOST check --pipeline {path}").Expect(2);

    [Fact]
    public void What_never_ends_in_a_pipe_is_read_no_further_than_it_takes()
    {
        Shell.Run(folder, "yes | $HOST check --pipeline /dev/stdin").Expect(2, "larger than 1 MiB");
        Shell.Run(folder, "yes | $HOST data check -").Expect(3, "standard input:1:", "no column 'sequence'");
        Shell.Run(folder, "cat /dev/zero | $HOST data check -").Expect(3, "standard input is not text");
        Shell.Run(folder, "yes | $HOST data windows --genome - --tiles 5 --overlap 0 --output o.csv").Expect(3, "standard input:1:");
    }

    [Theory]
    [InlineData(64)]
    [InlineData(100)]
    [InlineData(200)]
    public void Too_few_descriptors_are_said_in_a_sentence(int descriptors)
    {
        var result = Shell.Run(folder, $"ulimit -n {descriptors}; $HOST data check a.fa").Expect(5, "ulimit -n");
        Assert.Single(result.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public void As_many_as_it_asks_for_will_do() =>
        Shell.Run(folder, "ulimit -n 256; $HOST data check a.fa").Expect(0, "Nothing wrong was found.");
}
