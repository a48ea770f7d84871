using PluginHost.Plugins.Tables.Rows;

namespace PluginHost.Data.Tests.Sources;

using Encoding = System.Text.Encoding;

public sealed class BadTableTests : IDisposable
{
    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    private void Fails(byte[] content, TableOptions? options, params string[] said)
    {
        options ??= new();
        options.Train = folder.Write("bad.csv", content);
        var failure = Assert.Throws<DataException>(() => new TableSource(options, p => p).Open(Split.Train));
        Assert.Contains("bad.csv", failure.Message);
        foreach (var part in said) Assert.Contains(part, failure.Message);
    }

    private void Fails(string content, params string[] said) => Fails(Encoding.UTF8.GetBytes(content), null, said);

    [Fact]
    public void Missing_file_suggests_a_near_name()
    {
        folder.Write("train.csv", "sequence,label\nAC,1\n");
        var failure = Assert.Throws<DataException>(() => new TableSource(new() { Train = folder["trian.csv"] }, p => p).Open(Split.Train));
        Assert.Contains("'train.csv'", failure.Message);
    }

    [Fact]
    public void Empty() => Fails("", "is empty");

    [Fact]
    public void Blank() => Fails("\n\n  \n", "nothing but blanks");

    [Fact]
    public void Only_a_header() => Fails("sequence,label\n", "no rows");

    [Fact]
    public void No_header() => Fails("ACGTACGTACGTACGT,1\nACGTACGTACGTACGA,0\n", ":1:", "must name the columns", "sequence,label");

    [Fact]
    public void A_missing_column_lists_the_others_and_suggests_one()
    {
        Fails("seqence,label\nACGT,1\n", ":1:", "no column 'sequence'", "did you mean 'seqence'", "seqence, label", "'sequence: NAME'");
        Fails("sequence,class\nACGT,1\n", "no column 'label'", "sequence, class", "'label: none'");
        Fails("sequence,label\nACGT,1\n"u8.ToArray(), new() { Pair = "second" }, "no column 'second'");
    }

    [Fact]
    public void A_column_twice() => Fails("sequence,label,label\nACGT,1,2\n", ":1:", "two columns are called 'label'");

    [Fact]
    public void An_empty_sequence() => Fails("sequence,label\nACGT,1\n,0\n", ":3:", "the sequence is empty");

    [Fact]
    public void An_empty_label() => Fails("sequence,label\nACGT,1\nAC,\n", ":3:", "the label is empty");

    [Fact]
    public void Ragged_rows()
    {
        Fails("sequence,label\nACGT,1\nAC,0,x\n", ":3:", "3 cells but the header has 2", "comma");
        Fails("sequence,label\nACGT\n", ":2:", "1 cell but the header has 2");
    }

    [Fact]
    public void Quotes_that_do_not_pair_up()
    {
        Fails("sequence,label\nACGT,1\nAC,\"0\nACGT,1\n", ":3:", "quotes of this row do not pair up");
        Fails("sequence,label\nACGT,1\nAC,x\"0\n", ":3:", "quotes of this row do not pair up");
    }

    [Fact]
    public void Characters_outside_the_alphabet_are_placed() => Fails("sequence,label\nACGT,1\nACXGT,0\n", ":3:", "'X' at position 3");

    [Fact]
    public void K_mer_sentences_are_recognised() => Fails("sequence\tlabel\nACGT CGTA GTAC\t1\n", ":2:", "4-mers");

    [Fact]
    public void Fasta() => Fails(">a\nACGT\n", "use: fasta");

    [Fact]
    public void Binary_junk() => Fails([1, 0, 7, 200, 3], null, "not text");

    [Fact]
    public void Not_utf8() => Fails([.. "sequence,label\nACGT,caf"u8, 0xE9, .. "\n"u8], null, ":2:", "not UTF-8");

    [Fact]
    public void A_spreadsheet() => Fails([0x50, 0x4B, 3, 4, 0, 0, 0], null, "spreadsheet", "CSV");

    [Fact]
    public void Truncated_gzip()
    {
        var packed =
            Pack.Gzip(Encoding.UTF8.GetBytes("sequence,label\n"
                + string.Concat(Enumerable.Range(0, 3000).Select(i => $"{Dna.Random(50, (ulong)i)},1\n"))));
        Fails(packed[..(packed.Length / 2)], null, "cut off or damaged");
        Fails(packed[..^3], null, "cut off or damaged");
    }

    [Fact]
    public void Vectors_of_different_width_and_what_is_no_number_are_placed()
    {
        static TableOptions Vector() => new() { Vectors = { ["x"] = ["v"] } };
        Fails("sequence,label,v\nACGT,1,1 2 3\nAC,0,4 5\n"u8.ToArray(), Vector(), ":3:", "'x' has 2 numbers, but 3 on line 2");
        Fails("sequence,label,v\nACGT,1,1 two 3\n"u8.ToArray(), Vector(), ":2:", "column 'v' has 'two', which is not a number");
        Fails("sequence,label,w\nACGT,1,1\n"u8.ToArray(), Vector(), ":1:", "no column fits 'v'", "sequence, label, w");
        Fails("sequence,label,x,v\nACGT,1,1,2\n"u8.ToArray(), Vector(), ":1:", "the vector 'x' has the name of a column");
    }

    [Fact]
    public void Joins_without_a_key_or_a_row_for_it_are_named()
    {
        TableOptions Joined(string text, string on = "tissue") => new() { Join = [new() { Path = folder.Write("t.csv", text), On = on }] };
        Fails("sequence,label,tissue\nACGT,1,skin\n"u8.ToArray(), Joined("tissue,a\nlung,1\n"), ":2:", "the tissue 'skin' has no row in",
            "t.csv");
        Fails("sequence,label\nACGT,1\n"u8.ToArray(), Joined("tissue,a\nlung,1\n"), ":1:", "no column 'tissue'");
        var missing = Assert.Throws<DataException>(() =>
            new TableSource(new() { Path = folder.Write("a.csv", "sequence\nAC\n"), Join = Joined("tisue,a\nlung,1\n").Join }, p => p)
                .Open(Split.Train));
        Assert.Contains("t.csv:1: there is no column 'tissue' to join by (did you mean 'tisue'?)", missing.Message);
        var twice = Assert.Throws<DataException>(() =>
            new TableSource(new() { Path = folder.Write("a.csv", "sequence\nAC\n"), Join = Joined("tissue,a\nlung,1\nlung,2\n").Join }, p =>
                p).Open(Split.Train));
        Assert.Contains("t.csv:3: the tissue 'lung' is there already", twice.Message);
    }

    [Fact]
    public void An_id_twice() =>
        Fails("sequence,label,id\nACGT,1,a\nAC,0,a\n"u8.ToArray(), new() { Id = "id" }, ":3:", "'a' is there already, on line 2");

    [Fact]
    public void A_share_that_leaves_a_split_empty() =>
        Fails("sequence,label\nACGT,1\nAC,0\n"u8.ToArray(), new() { DevShare = 0.01 }, "dev is empty");

    [Fact]
    public void A_folder_without_tables()
    {
        folder.Write("x/readme.txt", "x");
        var failure = Assert.Throws<DataException>(() => new TableSource(new() { Folder = folder["x"] }, p => p));
        Assert.Contains("none of train, dev or test", failure.Message);
        Assert.Contains("readme.txt", failure.Message);
        Assert.Contains("does not exist",
            Assert.Throws<DataException>(() => new TableSource(new() { Folder = folder["y"] }, p => p)).Message);
    }

    [Fact]
    public void A_folder_with_two_files_for_a_split()
    {
        folder.Write("x/dev.csv", "sequence,label\nAC,1\n");
        folder.Write("x/val.csv", "sequence,label\nAC,1\n");
        Assert.Contains("dev.csv and val.csv",
            Assert.Throws<DataException>(() => new TableSource(new() { Folder = folder["x"] }, p => p)).Message);
    }

    [Fact]
    public void Options_that_contradict_each_other_are_named()
    {
        TableOptions[] bad =
        [
            new(), new() { Path = "a", Train = "b" }, new() { Path = "a", Folder = "b" }, new() { Train = "a", Dev = "b", DevShare = 0.1 },
            new() { Train = "a", Test = "b", TestShare = 0.1 }, new() { Test = "a", DevShare = 0.1 },
                new() { Path = "a", Separator = "ab" },
            new() { Path = "a", DevShare = 0.5, TestShare = 0.5 },
        ];
        Assert.All(bad, options => Assert.NotEmpty(options.Validate(new(options))));
        Assert.Empty(new TableOptions { Train = "a", Dev = "b", Separator = "tab" }.Validate(new(new TableOptions())));
    }
}
