using PluginHost.Libs.Files;
using PluginHost.Libs.Genomics;
using PluginHost.Plugins.Fasta;
using PluginHost.Plugins.Fasta.Windows;
using PluginHost.Plugins.Tables.Labelled;
using PluginHost.Plugins.Tables.Parts;
using PluginHost.Plugins.Tables.Rows;

namespace PluginHost.Data.Tests.Sources;

using Encoding = System.Text.Encoding;

/// <summary>What sources leave out is counted, and said in the language of the place.</summary>
public sealed class LeftOutTests : IDisposable
{
    private static readonly string unknown = new('N', 60);
    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static string OnCommandLine(string option, string value) => $"--data {option}={value}";

    private static List<Sample> All(ISampleSource? samples) =>
        [.. Enumerable.Range(0, (int)samples!.Count).Select(i => samples.Get(i, new SeededRandom((ulong)i)))];

    [Fact]
    public void Windows_of_N_and_short_ends_are_counted()
    {
        var path = folder.Write("g.fa", $">a\n{Dna.Random(90, 1)}{unknown}{Dna.Random(52, 2)}\n>b\nACG\n");
        var samples = new FastaSource(new() { Path = [path], Window = 50, As = SplitUse.Any }, p => p, OnCommandLine).Open(Split.Test)!;
        Assert.Equal(
            ["1 window (25 %) left out: more than 50 % of their bases are not A, C, G or T (maxN); '--data maxN=1' keeps them.",
                "5 bases left out in 2 stretches shorter than 5 (minLength)."], samples.LeftOut);
        var source = new FastaSource(new() { Path = [path], Window = 50 }, p => p);
        Assert.Contains(source.Open(Split.Train)!.LeftOut, s => s.StartsWith("train: 1 window") && s.Contains("'maxN: 1' keeps them"));
        Assert.Equal(source.Open(Split.Train)!.LeftOut, source.Notes.Where(n => n.Contains("left out")));
        Assert.Empty(new FastaSource(new() { Path = [path], How = WindowMode.Whole }, p => p).Open(Split.Train)!.LeftOut);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Fasta_records_without_bases_or_a_name_of_their_own_are_left_out_on_request(bool packed)
    {
        var text = ">x first\nACGTT\n>y\n>x again\nACCCC\n>z\nGGGGT\n>y\nTTTTT\n>w\n";
        var path = packed ? folder.Write("b.fa.gz", Pack.Gzip(Encoding.UTF8.GetBytes(text))) : folder.Write("b.fa", text);
        FastaOptions Options(OnBad onBad) => new() { Path = [path], How = WindowMode.Whole, OnBad = onBad, WriteIndex = true };

        Assert.EndsWith(", or leave such records out with '--data onBad=skip'.", Assert.Throws<DataException>(
            () => new FastaSource(Options(OnBad.Fail), p => p, OnCommandLine).Open(Split.Train)).Message);

        var samples = new FastaSource(Options(OnBad.Skip), p => p).Open(Split.Train)!;
        Assert.Equal([("x", "ACGTT"), ("z", "GGGGT"), ("y", "TTTTT")], All(samples).Select(s => (s.Id, s.Sequence)));
        Assert.EndsWith("3 records left out: 2 without bases (line 3, line 10), 1 without a name of its own (line 4).",
            Assert.Single(samples.LeftOut));
        // An index would make a later reader believe that nothing was left out.
        Assert.False(File.Exists(path + ".fai"));
    }

    [Fact]
    public void The_same_name_in_two_files_is_one_of_them()
    {
        folder.Write("a.fa", ">x\nACGTT\n");
        folder.Write("b.fa", ">x\nCCCCC\n>y\nGGGGG\n");
        var options = new FastaOptions { Path = [folder["?.fa"]], How = WindowMode.Whole, OnBad = OnBad.Skip };
        var samples = new FastaSource(options, p => p).Open(Split.Train)!;
        Assert.Equal(["ACGTT", "GGGGG"], All(samples).Select(s => s.Sequence));
        Assert.Equal(["1 record left out: an earlier file has the name already."], samples.LeftOut);
    }

    [Fact]
    public void Nothing_but_bad_records_is_an_error() => Assert.EndsWith("Nothing is left; give records with bases.",
        Assert.Throws<DataException>(() => new FastaSource(
            new() { Path = [folder.Write("b.fa", ">x\n>y\n")], OnBad = OnBad.Skip }, p => p).Open(Split.Train)).Message);

    [Fact]
    public void Rows_without_a_sequence_or_an_id_of_their_own_are_left_out_on_request()
    {
        var path = folder.Write("t.csv", "id,sequence\na,ACGT\nb,\na,CCCC\n,GGGG\nc,TTTT\n");
        TableOptions Options(OnBad onBad) => new() { Path = path, Id = "id", OnBad = onBad };
        Assert.EndsWith("t.csv:3: the sequence is empty; fill it in or remove the row, or leave such rows out with '--data onBad=skip'.",
            Assert.Throws<DataException>(() => new TableSource(Options(OnBad.Fail), p => p, OnCommandLine).Open(Split.Test)).Message);

        var source = new TableSource(Options(OnBad.Skip), p => p);
        var samples = source.Open(Split.Test)!;
        Assert.Equal([("a", "ACGT"), ("c", "TTTT")], All(samples).Select(s => (s.Id, s.Sequence)));
        Assert.EndsWith("3 rows left out: 1 without bases (line 3), 2 without a name of their own (line 4, line 5).",
            Assert.Single(samples.LeftOut));
        Assert.Contains(samples.LeftOut[0], source.Notes);
        Assert.Equal(samples.LeftOut, new UnionSource([source]).Open(Split.Test)!.LeftOut);
    }

    [Fact]
    public void Labelled_files_leave_out_too()
    {
        folder.Write("fasta/train.fa", ">a|1\nACGT\n>b|0\n>a|1\nCCCC\n");
        var fasta = new LabelledFastaSource(new() { Folder = folder["fasta"], OnBad = OnBad.Skip }, p => p).Open(Split.Train)!;
        Assert.Equal(["a"], All(fasta).Select(s => s.Id));
        Assert.Contains("2 records left out", Assert.Single(fasta.LeftOut));

        folder.Write("texts/train/x/1.txt", "ACGT");
        folder.Write("texts/train/x/2.txt", "\n");
        folder.Write("texts/train/x/3.txt", ">header alone\n");
        var texts = new ClassFoldersSource(new() { Path = folder["texts"], OnBad = OnBad.Skip }, p => p).Open(Split.Train)!;
        Assert.Equal(["x/1"], All(texts).Select(s => s.Id));
        Assert.Contains("2 files left out: 2 without bases (2.txt, 3.txt).", Assert.Single(texts.LeftOut));
    }

    [Fact]
    public void An_unlabelled_record_of_many_is_named()
    {
        folder.Write("train.fa", ">a|1\nACGT\n>b\nACGT\n>c|0\nACGT\n");
        Assert.StartsWith("train.fa:3: the record 'b' has no label", Assert.Throws<DataException>(
            () => new LabelledFastaSource(new() { Folder = folder.Root }, p => p).Open(Split.Train)).Message);
    }

    [Theory]
    [InlineData("sequence,label,,\nACGT,1,,\n,,,\nCCCC,0,,\n,,,\n")]
    [InlineData("sequence,label\nACGT,1,,\n,,,\n , \nCCCC,0\n,\n")]
    [InlineData("sequence,label,,\nACGT,1\n,\nCCCC,0\n,,,,,,\n")]
    public void What_spreadsheets_leave_behind_is_skipped_and_counted(string text)
    {
        var source = new TableSource(new() { Path = folder.Write("t.csv", text) }, p => p);
        Assert.Equal([("ACGT", "1"), ("CCCC", "0")], All(source.Open(Split.Test)).Select(s => (s.Sequence, s.Label!)));
        Assert.Contains(source.Notes, n => n.Contains("rows of empty cells skipped."));
    }

    [Theory]
    [InlineData("sequence,label,\nACGT,1,x\nCC\n", "t.csv:3: the row has 1 cell but the header has 3")]
    [InlineData("sequence,label\nACGT,1,,x\n", "t.csv:2: the row has 4 cells but the header has 2")]
    [InlineData("sequence,label\n,,\n", "has a header but no rows")]
    public void What_is_no_leftover_is_refused(string text, string message) => Assert.Contains(message,
        Assert.Throws<DataException>(() => new TableSource(new() { Path = folder.Write("t.csv", text) }, p => p).Open(Split.Test)).Message);

    [Fact]
    public void A_missing_column_is_proposed_as_the_place_writes_it()
    {
        var path = folder.Write("t.csv", "dna,x\nACGT,1\n");
        string Message(Func<string, string, string>? written) =>
            Assert.Throws<DataException>(() => new TableSource(new() { Path = path }, p => p, written).Open(Split.Test)).Message;
        Assert.EndsWith("Rename it, or say which one it is with '--data sequence=NAME'.", Message(OnCommandLine));
        Assert.EndsWith("Rename it, or say which one it is with 'sequence: NAME'.", Message(null));
        Assert.EndsWith("Rename it.", Message((_, _) => ""));
    }

    [Fact]
    public void A_tilde_is_the_home_folder()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        Assert.Equal([home + "/genomes/hg38.fa", home, "a/~/b", "~user/x"],
            new[] { "~/genomes/hg38.fa", "~", "a/~/b", "~user/x" }.Select(HomeFolder.Expand));
        Assert.Equal($"No file matches '~/no-such-{folder.Root.GetHashCode()}-*'; patterns are relative to the working directory or to "
            + "the pipeline file.", Assert.Throws<DataException>(
                () => PathPatterns.Expand([$"~/no-such-{folder.Root.GetHashCode()}-*"], p => p)).Message);
    }
}
