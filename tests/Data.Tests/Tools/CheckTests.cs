using System.Text.Json.Nodes;
using PluginHost.Data.Tests.Sources;

namespace PluginHost.Data.Tests.Tools;

public sealed class CheckTests : IDisposable
{
    private readonly DataRun run = new();

    public void Dispose() => run.Dispose();

    private static string Table(IEnumerable<(string Sequence, int Label)> rows) =>
        "sequence,label\n" + string.Concat(rows.Select(r => $"{r.Sequence},{r.Label}\n"));

    [Fact]
    public void Duplicates_leaks_conflicts_and_labels_without_training_are_counted()
    {
        string[] s = [.. Enumerable.Range(0, 12).Select(i => Dna.Random(60, (ulong)i))];
        run.Write("d/train.csv", Table([(s[0], 0), (s[0], 0), (s[1], 1), (Iupac.ReverseComplement(s[1]), 0), (s[2], 1), (s[3], 1)]));
        run.Write("d/test.csv", Table([(s[2], 1), (Iupac.ReverseComplement(s[3]), 1), ("A" + s[0], 0), (s[9], 2)]));
        run.Run("check", "@d", "--output", "@report.json");
        Assert.Contains("train | 6 | 60 | 60 | 60 | 0 % | 0 % | 1 | 1 | 1", run.Said);
        Assert.Contains("test | train | 1 | 1 | 1 | 75 %", run.Said);
        Assert.Contains("3 sequences of test (75 %) are known from train: scores on them are not held out. 'host data split --by identity' "
            + "divides without this.", run.Said);
        Assert.Contains("train: 1 sequence occurs with two labels; no model can get both right.", run.Said);
        Assert.Contains("test has labels that train lacks: '2'; they cannot be learnt.", run.Said);
        var leak = JsonNode.Parse(File.ReadAllText(run["report.json"]))!["leakage"]![0]!;
        Assert.Equal(("train", 1, 1, 1),
            ((string)leak["known_from"]!, (int)leak["exact"]!, (int)leak["reverse_complement"]!, (int)leak["near"]!));
        Assert.Contains("--strict was asked for", run.Fails<DataException>("check", "@d", "--strict"));
    }

    [Fact]
    public void Lengths_that_give_the_label_away_are_found_and_chance_is_not()
    {
        var random = new SeededRandom(1);
        // Neither class is longer, so a threshold finds nothing: one is of 50 bases, the other of 40 or 60.
        run.Write("telling.csv",
            Table(Enumerable.Range(0, 400).Select(i => (Dna.Random(i % 2 == 0 ? 50 : 40 + 20 * (int)random.Next(2), (ulong)i), i % 2))));
        run.Write("silent.csv", Table(Enumerable.Range(0, 400).Select(i => (Dna.Random(40 + (int)random.Next(30), (ulong)i), i % 2))));
        run.Run("check", "@telling.csv");
        Assert.Contains("telling.csv: the length alone tells the label with balanced accuracy 1.000 (chance 0.500); a model may learn that "
            + "and nothing else. Choose the classes alike in length.", run.Said);
        run.Said.Clear();
        run.Run("check", "@silent.csv");
        Assert.Contains("Nothing wrong was found.", run.Said);
    }

    [Fact]
    public void Labels_of_FASTA_names_are_read()
    {
        run.Write("train.fa", ("a|0", Dna.Random(50, 1)), ("b|1", Dna.Random(50, 2)), ("c|1", Dna.Random(50, 3)));
        run.Run("check", "@train.fa");
        Assert.Contains("train.fa | 1 (33.33 %) | 2 (66.67 %)", run.Said);
    }

    [Fact]
    public void One_record_without_a_label_does_not_take_those_of_the_others_away()
    {
        run.Write("train.fa", ("a|0", Dna.Random(50, 1)), ("b", Dna.Random(50, 2)), ("c|1", Dna.Random(50, 3)));
        Assert.Equal("train.fa:3: the record 'b' has no label, but 2 of 3 records have one behind the last '|' of their name; add it, or "
            + "leave all labels out with --label none.", run.Fails<DataException>("check", "@train.fa"));
        run.Run("check", "@train.fa", "--label", "none");
        run.Write("few.fa", ("a|0", Dna.Random(50, 1)), ("b", Dna.Random(50, 2)), ("c", Dna.Random(50, 3)));
        run.Run("check", "@few.fa");
        Assert.Contains(run.Said, s => s.EndsWith("few.fa:3: the record 'b' has no '|' in its name, as 2 of 3 records: none is taken for "
            + "labelled."));
    }

    [Fact]
    public void A_folder_without_splits_is_named()
    {
        run.Write("d/data.csv", "sequence\nACGT\n");
        Assert.Contains("d has none of train, dev or test", run.Fails<DataException>("check", "@d"));
    }
}
