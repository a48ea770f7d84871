using System.IO.Compression;

namespace PluginHost.EndToEnd.Tests;

/// <summary>What is wrong comes out with file, line, remedy and the right exit code, and no run folder is left behind.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly Workspace here = new();

    public void Dispose() => here.Dispose();

    private void Refused(int code, string pipeline, params string[] said)
    {
        here.Run("run", "--pipeline", pipeline, "--output", "out", "--device", "cpu").Expect(code, said);
        Assert.False(Directory.Exists(here.Path("out")), "a run folder was left behind");
    }

    private string WithFasta(string name, byte[] content)
    {
        File.WriteAllBytes(here.Path(name), content);
        return here.Pipeline(change: y => y.Replace(Repository.Sample("genome", "chr2R.fa.gz"), here.Path(name)));
    }

    private static byte[] Text(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    [Fact]
    public void A_missing_fasta() =>
        Refused(3, here.Pipeline(change: y => y.Replace(Repository.Sample("genome", "chr2R.fa.gz"), "nowhere.fa")), "nowhere.fa");

    [Fact]
    public void An_empty_fasta() => Refused(3, WithFasta("empty.fa", []), "empty.fa");

    [Fact]
    public void A_fasta_without_a_header() => Refused(3, WithFasta("bare.fa", Text("ACGTACGT\nACGT\n")), "bare.fa", "'>'");

    [Fact]
    public void Binary_junk() =>
        Refused(3, WithFasta("junk.fa", [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * 167 % 256))]), "junk.fa");

    [Fact]
    public void A_truncated_gzip()
    {
        using var packed = new MemoryStream();
        var random = new SeededRandom(1);
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Text(">chr1\n" + string.Concat(Enumerable.Range(0, 20_000).Select(_ => "ACGT"[(int)random.Next(4)])) + "\n"));

        Refused(3, WithFasta("cut.fa.gz", packed.ToArray()[..((int)packed.Length / 2)]), "cut.fa.gz");
    }

    [Fact]
    public void A_table_without_labels()
    {
        File.WriteAllText(here.Path("train.csv"), "sequence\nACGTACGT\n");
        Refused(3, here.Pipeline(), "train.csv", "label");
    }

    [Fact]
    public void An_empty_sequence()
    {
        Insert("train.csv", 5, ",1");
        Refused(3, here.Pipeline(), "train.csv:5");
    }

    [Fact]
    public void An_unknown_label_in_the_test_split_comes_out_before_training()
    {
        Insert("test.csv", 7, "ACGTACGTACGT,9");
        Refused(3, here.Pipeline(), "test.csv:7", "9");
    }

    [Fact]
    public void A_character_outside_the_alphabet()
    {
        Insert("dev.csv", 4, "ACGTAC!TACGT,1");
        Refused(3, here.Pipeline(), "dev.csv:4", "'!'", "position 7");
    }

    [Fact]
    public void Sequences_longer_than_the_model_are_counted_by_check_and_refused_on_request()
    {
        var pipeline = here.Pipeline(change: y => y.Replace("maxPositions: 110", "maxPositions: 50"));
        here.Run("check", "--pipeline", pipeline, "--device", "cpu")
            .Expect(0, "300 of 300 sequences were longer than the model's 50 tokens", "The pipeline is sound");

        Refused(3, here.Pipeline(change: y =>
            y.Replace("maxPositions: 110", "maxPositions: 50").Replace("batchSize: 16,", "batchSize: 16, tooLong: error,")),
            ".csv:2: the sequence has 100 bases", "more than the model's 50 tokens");
    }

    [Fact]
    public void Lower_case_and_N_are_normal_and_the_unknown_share_is_told()
    {
        Insert("train.csv", 2, "acgtnnnnacgtacgt,1");
        here.Run("check", "--pipeline", here.Pipeline(), "--device", "cpu").Expect(0, "outside the vocabulary");
    }

    [Theory]
    [InlineData("logEvery: 2", "logEvry: 2", "logEvry")]
    [InlineData("steps: 6", "steps: many", "steps")]
    [InlineData("learningRate: 2.0e-3", "learningRate: 20", "learningRate")]
    [InlineData("use: kmer", "use: kmr", "kmer")]
    [InlineData("metrics: [ mcc", "metrics: [ mmc", "mcc")]
    [InlineData("learningRate: 1.0e-3", "selectBy: beauty, learningRate: 1.0e-3", "beauty")]
    public void Mistakes_in_the_pipeline(string from, string to, string said) =>
        Refused(2, here.Pipeline(change: y => y.Replace(from, to)), "tiny.yaml", said);

    [Fact]
    public void A_model_larger_than_the_memory() =>
        Refused(5, here.Pipeline(change: y => y.Replace("width: 16", "width: 16384").Replace("maxPositions: 110", "maxPositions: 1048576")),
            "not enough memory");

    [Fact]
    public void A_gpu_that_is_not_there()
    {
        if (Directory.Exists("/proc/driver/nvidia")) Assert.Skip("this machine has an NVIDIA driver");
        here.Run("run", "--pipeline", here.Pipeline(), "--output", "out", "--device", "cuda:0").Expect(5, "CUDA");
    }

    [Fact]
    public void A_place_that_cannot_be_written() =>
        here.Run("run", "--pipeline", here.Pipeline(), "--output", "/proc/pluginhost", "--device", "cpu")
            .Expect(5, "/proc/pluginhost", "--output");

    private void Insert(string file, int line, string text)
    {
        var lines = File.ReadAllLines(here.Path(file)).ToList();
        lines.Insert(line - 1, text);
        File.WriteAllLines(here.Path(file), lines);
    }
}
