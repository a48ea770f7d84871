namespace PluginHost.EndToEnd.Tests;

public class VariantTests
{
    [Fact]
    public void Variants_run_into_folders_of_their_own_and_a_stopped_comparison_goes_on()
    {
        using var here = new Workspace();
        var pipeline = here.Pipeline(2, text => text.Replace("compareWithScratch: true", "compareWithScratch: false") + """

            variants:
              three: { tokenizer.k: 3 }
              four: { tokenizer.k: 4, stages.pretrain.train.steps: 3 }
            """);
        here.Run("check", "--pipeline", pipeline, "--device", "cpu").Expect(0, "Variant three", "Variant four");
        here.Run("run", "--pipeline", pipeline, "--output", "both", "--device", "cpu")
            .Expect(0, "Variant four (2 of 2)", "evaluate: test split", "Folder of all runs");
        Assert.Equal("done", here.Status("both/three"));
        var table = File.ReadAllText(here.Path("both", "comparison.md"));
        Assert.Contains("| three |", table);
        Assert.Contains("majority class |", table);

        Directory.Delete(here.Path("both", "four"), recursive: true);
        File.Delete(here.Path("both", "comparison.md"));
        here.Run("run", "--resume", "both", "--device", "cpu").Expect(0, "Variant three (1 of 2) is done already.");
        Assert.Equal(WithoutSeconds(table), WithoutSeconds(File.ReadAllText(here.Path("both", "comparison.md"))));

        here.Run("run", "--pipeline", pipeline, "--output", "both", "--device", "cpu").Expect(2, "exists already");
        here.Run("run", "--resume", "both", "--set", "seed=3").Expect(2, "leave --set and --output out");

        File.AppendAllText(here.Path(pipeline), "\n  five: { tokenizer.k: 5, stages.pretrain.train.steps: 3 }\n");
        here.Run("run", "--resume", "both", "--pipeline", pipeline, "--set", "seed=3", "--device", "cpu")
            .Expect(2, "three of both was made by another pipeline");
        here.Run("run", "--resume", "both", "--pipeline", pipeline, "--device", "cpu")
            .Expect(0, "Variant four (2 of 3) is done already.", "Variant five (3 of 3)");
        Assert.Contains("| five |", File.ReadAllText(here.Path("both", "comparison.md")));
    }

    private static string WithoutSeconds(string table) =>
        string.Join('\n', table.Split('\n')
            .Select(line => line.LastIndexOf("| ", line.Length == 0 ? 0 : line.Length - 1, StringComparison.Ordinal) is var at and > 0
            && line.EndsWith('|') ? line[..at] : line));
}
