using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PluginHost.Host.Models.Checkpoints.Export;
using PluginHost.Host.Models.Checkpoints.Import;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Tests.Training;

namespace PluginHost.Host.Tests.Checkpoints;

using static BuiltModel;

/// <summary>
/// Every combination of tokenizer, architecture, objective and pooling that can be exported predicts the same once exported and imported by
/// the command of its own card, and gives the same to Hugging Face's classes; every other is refused with the reason.
/// </summary>
/// <remarks>Predictions agree to 2e-5 of their size: a head that took in its units, and gave them back, is rounded twice.</remarks>
public sealed partial class ExportedPredictionTests : IDisposable
{
    private const string First = "ACGTTGCATGTCGCATGATGCATGAGAGCT", Second = "GGGTTTACCANACACAGTAT";

    private readonly Scratch scratch = new();
    private readonly SilentView view = new();

    public void Dispose() => scratch.Dispose();

    private static Sample[] Samples =>
        [new("a", First) { Fields = Fields("x") }, new("b", Second) { Fields = Fields("y") }];

    private static Dictionary<string, object> Fields(string seed) => new() { ["other"] = seed == "x" ? "ACGGTACC" : "TTTGACATTA" };

    private static ComponentSpec Objective(string name) => name switch
    {
        "two" => Spec("classify", ("classes", 2L)),
        "named" => Spec("classify", ("labels", new List<object?> { "donor", "acceptor", "a/b, c" })),
        "mean" => Spec("classify", ("classes", 3L), ("pooling", "mean")),
        "parts" => Spec("classify", ("classes", 3L), ("pooling", "parts")),
        "max-parts" => Spec("classify", ("classes", 3L), ("pooling", "max-parts")),
        "mean-bases" => Spec("classify", ("classes", 3L), ("pooling", "mean"), ("skipSpecialTokens", true)),
        "pair" => Spec("classify", ("classes", 2L), ("pair", "other")),
        "features" =>
            Spec("classify", ("classes", 2L), ("features", new List<object?> { "n" }), ("featureMeans", new List<object?> { 1.0 }),
            ("featureDeviations", new List<object?> { 2.0 })),
        "multi" => Spec("multi-label", ("labels", new List<object?> { "f_a", "f_b", "f_c" }), ("format", "flags")),
        "multi-one" => Spec("multi-label", ("labels", new List<object?> { "f_a" }), ("format", "names")),
        "number" => Regress(["y"], [1025], [25], ("transform", "log10")),
        "numbers" => Regress(["u", "v", "w"], [-3, 0, 1e4], [0.01, 1, 500]),
        "number-mean" => Regress(["y"], [7], [0.5], ("pooling", "mean")),
        "tokens" => Spec("token-labels", ("letters", ".DA"), ("level", "token")),
        "bases" => Spec("token-labels", ("letters", ".DA"), ("names", new List<object?> { "neither", "donor", "acceptor" })),
        _ => Spec(name),
    };

    private static ComponentSpec Regress(string[] names, double[] means, double[] deviations, params (string, object?)[] more) =>
        Spec("regress", [("targets", names.ToList<object?>()), ("outputs", names.ToList<object?>()),
            ("targetMeans", means.Select(m => (object?)m).ToList()), ("targetDeviations", deviations.Select(d => (object?)d).ToList()),
            .. more]);

    private string Make(string tokenizer, string architecture, string objective, params (string, ComponentSpec)[] heads)
    {
        // The epsilon of the architecture here: published classes have one for all layer norms.
        if (architecture == "bert" && objective == "masked-lm" && heads.Length == 0)
            heads = [("lm", Spec("masked-lm-head", ("layerNormEpsilon", 1e-6)))];
        BuiltModel.Make(scratch.File("model"), Tokenizer(tokenizer), Architecture(architecture), Objective(objective), heads);
        return scratch.File("model");
    }

    private string Export(string model)
    {
        Assert.Equal(0, new ModelExport(RealComponents.Factory, view).Run(model, scratch.File("exported"), CancellationToken.None));
        return scratch.File("exported");
    }

    /// <summary>Runs the import command of a card, with nothing added.</summary>
    private string ImportByCard(string exported)
    {
        var command = Command().Match(File.ReadAllText(Path.Combine(exported, "README.md")));
        Assert.True(command.Success);
        PublishedCheckpoint.Import(new ImportRequest(exported, command.Groups[1].Value, scratch.File("again"), null, [], [], 5, false));
        return scratch.File("again");
    }

    private static void Same(IReadOnlyList<float[]> expected, IReadOnlyList<float[]> found)
    {
        Assert.Equal(expected.Count, found.Count);
        for (var i = 0; i < expected.Count; i++) Same(expected[i], found[i]);
    }

    private static void Same(float[] expected, float[] found)
    {
        Assert.Equal(expected.Length, found.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], found[i], 2e-5 * Math.Max(1, Math.Abs(expected[i])));
    }

    public static TheoryData<string, string, string> Exportable
    {
        get
        {
            var all = new TheoryData<string, string, string>();
            string[] objectives = ["two", "named", "mean", "mean-bases", "pair", "multi", "multi-one", "number", "numbers", "number-mean",
                "tokens", "bases", "masked-lm"];
            foreach (var objective in objectives) all.Add("kmer", "bert", objective);
            all.Add("kmer-3", "bert", "bases");
            all.Add("kmer-3", "bert", "masked-lm");
            all.Add("kmer-drop", "bert", "named");
            all.Add("bpe", "bert", "numbers");
            all.Add("bpe", "bert", "masked-lm");
            foreach (var objective in (string[])["named", "mean", "multi", "numbers", "tokens", "masked-lm"])
            {
                all.Add("bpe", "dnabert2", objective);
                all.Add("ensemble", "genomics-fm", objective);
                all.Add("ggram", "dnazen", objective == "masked-lm" ? "whole-ggram-masking" : objective);
            }
            all.Add("kmer", "dnabert2", "two");
            all.Add("token-language", "gpt", "causal-lm");
            all.Add("token-language", "gpt", "dna-multitask");
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Exportable))]
    public void The_cards_own_command_gives_the_same_model_back(string tokenizer, string architecture, string objective)
    {
        var model = Make(tokenizer, architecture, objective);
        var expected = Predict(model, Samples);

        var again = ImportByCard(Export(model));

        Same(expected, Predict(again, Samples));
        var (before, after) = (ModelCard.Read(model), ModelCard.Read(again));
        Assert.Equal(before.Objective.Use, after.Objective.Use);
        Assert.Equal(before.Precision, after.Precision);
    }

    [Theory]
    [InlineData("answer-token-head", "two", "class")]
    [InlineData("answer-labels-head", "multi-one", "labels")]
    public void Dnagpts_answers_keep_their_heads(string head, string objective, string role)
    {
        var model = Make("token-language", "gpt", objective, (role, Spec(head)));
        var expected = Predict(model, Samples);
        Same(expected, Predict(ImportByCard(Export(model)), Samples));
    }

    public static TheoryData<string, string, string> HuggingFace
    {
        get
        {
            var all = new TheoryData<string, string, string>();
            foreach (var (objective, name) in (IEnumerable<(string, string)>)[("two", "BertForSequenceClassification"),
                ("named", "BertForSequenceClassification"), ("multi", "BertForSequenceClassification"),
                ("number", "BertForSequenceClassification"), ("numbers", "BertForSequenceClassification"), ("mean", "BertModel"),
                ("number-mean", "BertModel"), ("tokens", "BertForTokenClassification"), ("masked-lm", "BertForMaskedLM")])
                all.Add("kmer", objective, name);
            all.Add("bpe", "numbers", "BertForSequenceClassification");
            all.Add("bpe", "tokens", "BertForTokenClassification");
            all.Add("bpe", "masked-lm", "BertForMaskedLM");
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(HuggingFace))]
    public void Hugging_Faces_classes_compute_the_same(string tokenizer, string objective, string name)
    {
        var model = Make(tokenizer, "bert", objective);
        var expected = Predict(model, Samples);
        var published = new HuggingFaceBert(Export(model));

        Assert.Equal(name, published.Architecture);
        using var loaded = Load(model);
        for (var i = 0; i < Samples.Length; i++)
        {
            var outputs = published.Run(loaded.Tokenizer.Encode(Samples[i], new EncodeContext()).Ids);
            Same(expected[i], Shown(objective, outputs));
        }
    }

    [Fact]
    public void Pairs_are_what_tokenizers_make_of_two_sequences()
    {
        var model = Make("kmer", "bert", "pair");
        var published = new HuggingFaceBert(Export(model));
        using var loaded = Load(model);
        var first = loaded.Tokenizer.Encode(Samples[0], new EncodeContext()).Ids;
        var second = loaded.Tokenizer.Encode(new Sample("", "ACGGTACC"), new EncodeContext()).Ids[1..];
        var outputs = published.Run([.. first, .. second], [.. first.Select(_ => 0L), .. second.Select(_ => 1L)]);
        Same(Predict(model, Samples[0])[0], Shown("pair", outputs));
    }

    [Theory]
    [InlineData("dnabert-3")]
    [InlineData("dnabert-classifier")]
    public void What_stands_for_Hugging_Face_here_is_held_to_Python(string golden)
    {
        var checkpoint = new PublishedCheckpoint(GoldenContainers.File($"layouts/{golden}"));
        PublishedCheckpoint.Import(checkpoint.Request(scratch.File("model")));
        var published = new HuggingFaceBert(Export(scratch.File("model")));
        for (var i = 0; i < checkpoint.Sequences.Count; i++) Same(checkpoint.Scores(i), published.Run(checkpoint.Ids(i)));
    }

    [Theory]
    [InlineData("two", "single_label_classification", "classify")]
    [InlineData("named", "single_label_classification", "classify")]
    [InlineData("multi", "multi_label_classification", "multi-label")]
    [InlineData("multi-one", "multi_label_classification", "multi-label")]
    [InlineData("number", "regression", "regress")]
    [InlineData("numbers", "regression", "regress")]
    [InlineData("number-mean", "regression", "regress")]
    [InlineData("mean-bases", "single_label_classification", "classify")]
    [InlineData("tokens", null, "token-labels")]
    public void A_folder_of_somebody_else_is_read_by_its_problem_type(string objective, string? type, string use)
    {
        var model = Make("kmer", "bert", objective);
        var expected = Predict(model, Samples);
        var exported = Export(model);
        File.Delete(Path.Combine(exported, ExportRecord.FileName));
        var config = JsonNode.Parse(File.ReadAllText(Path.Combine(exported, "config.json")))!;
        Assert.Equal(type, (string?)config["problem_type"]);

        var again = ImportByCard(exported);

        Same(expected, Predict(again, Samples));
        Assert.Equal(use, ModelCard.Read(again).Objective.Use);
    }

    [Fact]
    public void A_single_output_without_a_problem_type_is_a_number()
    {
        var exported = Export(Make("kmer", "bert", "number"));
        File.Delete(Path.Combine(exported, ExportRecord.FileName));
        Configure(exported, c => c.Remove("problem_type"));
        Assert.Equal("regress", ModelCard.Read(ImportByCard(exported)).Objective.Use);
    }

    [Theory]
    [InlineData("ranking", "'problem_type' is 'ranking'")]
    [InlineData("single_label_classification", "has one output")]
    public void A_problem_type_that_makes_no_sense_is_refused(string type, string why)
    {
        var exported = Export(Make("kmer", "bert", "number"));
        File.Delete(Path.Combine(exported, ExportRecord.FileName));
        Configure(exported, c => c["problem_type"] = type);
        Assert.Contains(why, Assert.Throws<DataException>(() => ImportByCard(exported)).Message);
    }

    [Fact]
    public void Weights_that_were_trained_on_elsewhere_are_read_by_their_own_configuration()
    {
        var exported = Export(Make("kmer", "bert", "two"));
        var other = new Scratch();
        BuiltModel.Make(other.File("model"), Tokenizer("kmer"), Architecture("bert"), Objective("numbers"));
        new ModelExport(RealComponents.Factory, view).Run(other.File("model"), other.File("exported"), CancellationToken.None);
        foreach (var file in (string[])["config.json", "model.safetensors"])
            File.Copy(Path.Combine(other.File("exported"), file), Path.Combine(exported, file), overwrite: true);

        PublishedCheckpoint.Import(new ImportRequest(exported, "dnabert", scratch.File("again"), null, [], [], 5, false));

        Assert.Equal("regress", ModelCard.Read(scratch.File("again")).Objective.Use);
        other.Dispose();
    }

    [Theory]
    [InlineData("kmer", "bert", "features", "reads numbers beside the sequence")]
    [InlineData("kmer", "bert", "parts", "its head pools the sequence by 'pooling: parts'")]
    [InlineData("kmer", "bert", "max-parts", "its head pools the sequence by 'pooling: max-parts'")]
    [InlineData("byte", "bert", "mean", "Python's tokenizers have none")]
    [InlineData("ensemble", "bert", "masked-lm", "Python's tokenizers have none")]
    [InlineData("kmer", "gpt", "causal-lm", "makes tokens by itself")]
    [InlineData("token-language", "gpt", "mean", "none of weights 'classifier.*'")]
    [InlineData("kmer", "windowed", "mean", "offers no Hugging Face layout")]
    public void What_no_layout_says_is_refused(string tokenizer, string architecture, string objective, string why)
    {
        var model = Make(tokenizer, architecture, objective);
        Assert.Contains(why, Assert.ThrowsAny<HostException>(() => Export(model)).Message);
        Assert.False(Directory.Exists(scratch.File("exported")));
    }

    [Fact]
    public void Two_epsilons_are_refused() => Assert.Contains("published classes have one epsilon", Assert.Throws<DataException>(() =>
        Export(Make("kmer", "bert", "masked-lm", ("lm", Spec("masked-lm-head"))))).Message);

    [Fact]
    public void Units_that_a_head_cannot_take_in_are_refused()
    {
        var model = Make("token-language", "gpt", "number", ("value", Spec("answer-number-head")));
        Assert.Contains("no last linear layer with a bias", Assert.Throws<DataException>(() => Export(model)).Message);
    }

    [Fact]
    public void A_head_apart_from_the_embedding_says_so()
    {
        var model = Make("kmer", "bert", "masked-lm", ("lm", Spec("masked-lm-head", ("tied", false), ("layerNormEpsilon", 1e-6))));
        var expected = Predict(model, Samples);
        var exported = Export(model);
        using (var loaded = Load(model))
            Same(expected[0], new HuggingFaceBert(exported).Run(loaded.Tokenizer.Encode(Samples[0], new EncodeContext()).Ids));
        Same(expected, Predict(ImportByCard(exported), Samples));
    }

    [Theory]
    [InlineData("kmer", "range(0, len(sequence) - 2, 1)")]
    [InlineData("kmer-3", "range(0, len(sequence), 3)")]
    [InlineData("kmer-drop", "range(0, len(sequence) - 3, 2)")]
    public void The_card_cuts_words_as_the_tokenizer_does(string tokenizer, string range) =>
        Assert.Contains(range, File.ReadAllText(Path.Combine(Export(Make(tokenizer, "bert", "two")), "README.md")));

    [Fact]
    public void Tokenizers_are_told_how_much_the_model_takes()
    {
        var config = JsonNode.Parse(File.ReadAllText(Path.Combine(Export(Make("kmer", "bert", "two")), "tokenizer_config.json")))!;
        Assert.Equal(60, (int?)config["model_max_length"]);
    }

    [Fact]
    public void No_path_of_this_machine_is_in_an_export()
    {
        var exported = Export(Make("bpe", "bert", "two"));
        foreach (var file in Directory.GetFiles(exported).Where(f => !f.EndsWith(".safetensors", StringComparison.Ordinal)))
            Assert.DoesNotContain(Repository.Root, File.ReadAllText(file));
    }

    private static float[] Shown(string objective, float[] outputs)
    {
        if (objective is "number" or "numbers" or "number-mean" or "masked-lm") return outputs;
        if (objective == "multi") return [.. outputs.Select(o => 1 / (1 + MathF.Exp(-o)))];
        var width = objective is "two" or "pair" ? 2 : 3;
        // A class for each token that covers bases: not [CLS] and [SEP].
        var rows = outputs.Chunk(width).ToList();
        return [.. (objective == "tokens" ? rows[1..^1] : rows).SelectMany(row =>
        {
            var powers = row.Select(o => MathF.Exp(o - row.Max())).ToList();
            return powers.Select(p => p / powers.Sum());
        })];
    }

    private static void Configure(string folder, Action<JsonObject> change)
    {
        var path = Path.Combine(folder, "config.json");
        var config = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        change(config);
        File.WriteAllText(path, config.ToJsonString());
    }

    [GeneratedRegex(@"^host import FOLDER --as (\S+) --output \S+$", RegexOptions.Multiline)]
    private static partial Regex Command();
}
