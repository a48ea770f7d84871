using System.Text.Json;
using PluginHost.PluginKit;
using PluginHost.Plugins.CausalLm;
using PluginHost.Plugins.Classification;
using PluginHost.Plugins.MultiTaskDna;
using PluginHost.Plugins.NumericGpt;
using PluginHost.Plugins.Tests.BertEncoder;
using PluginHost.Plugins.TokenLanguage;

namespace PluginHost.Plugins.Tests.NumericGpt;

using static TorchSharp.torch;

/// <summary>
/// Hidden states, both objectives' losses and every gradient against Golden/dnagpt/dnagpt_reference.py, an independent Python torch
/// implementation.
/// </summary>
[Collection(TorchCollection.Name)]
public sealed class ParityTests
{
    private static JsonElement Golden(string name) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(RealData.Root, "tests", "Plugins.Tests", "Golden", "dnagpt", $"{name}.json")))
            .RootElement;

    internal static ModelUnderTest Model(JsonElement golden, string objective, string template, object? options = null)
    {
        var c = golden.GetProperty("config");
        int Of(string name) => c.GetProperty(name).GetInt32();
        var bench = new Workbench(new TokenLanguagePlugin(), new NumericGptPlugin(), new CausalLmPlugin(), new MultiTaskDnaPlugin(),
            new ClassificationPlugin());
        bench.UseTokenizer("token-language", new { k = Of("k"), template });
        bench.UseBackbone("numeric-gpt",
            new { layers = Of("layers"), width = Of("width"), attentionHeads = Of("heads"), maxPositions = Of("positions") });
        var model = new ModelUnderTest(bench, bench.Build<IObjective>(objective, options));
        foreach (var (name, value) in model.Parameters)
            if (name.StartsWith("classifier.", StringComparison.Ordinal)) Formula.Fill(name, value);
            else Fill(name, value);
        model.Train(false);
        return model;
    }

    private static void Fill(string name, Tensor parameter)
    {
        var values = Formula.Uniform(name, parameter.numel()).Select(v => parameter.dim() == 1 ? 1 + 0.2 * v
            : name is "transformer.wte.weight" or "transformer.wpe.weight" ? 0.5 * v
            : v * (1.5 / Math.Sqrt(parameter.shape[^1])));
        using var source = tensor(values.Select(v => (float)v).ToArray(), parameter.shape);
        using (no_grad()) parameter.copy_(source);
    }

    private static void GradientsAgree(ModelUnderTest model, JsonElement recorded)
    {
        var gradients = recorded.EnumerateObject().ToDictionary(g => g.Name, g => g.Value);
        var compared = 0;
        foreach (var (name, value) in model.Parameters)
        {
            using var gradient = value.grad;
            if (!gradients.TryGetValue(name, out var reference))
            {
                Assert.True(gradient is null || gradient.abs().max().item<float>() == 0,
                    $"{name} has a gradient here but none in the reference.");
                continue;
            }
            Assert.True(gradient is not null, $"{name} has no gradient.");
            Formula.Agrees(name, reference, gradient);
            compared++;
        }
        Assert.Equal(gradients.Count, compared);
    }

    private static void Agrees(double expected, float actual) => Assert.InRange(actual, expected * (1 - 1e-4), expected * (1 + 1e-4));

    [Theory]
    [InlineData("gpt_tiny")]
    [InlineData("gpt_small")]
    public void Causal_lm_equals_the_reference(string file)
    {
        using var scope = NewDisposeScope();
        var golden = Golden(file);
        using var model = Model(golden, "causal-lm", "O {sequence} + M {x} = M {y}");
        var numbers = golden.GetProperty("numbers").EnumerateArray().Select(p => p.EnumerateArray().Select(v => v.GetDouble()).ToArray())
            .ToList();
        Sample[] samples =
        [
            .. golden.GetProperty("sequences").EnumerateArray().Select((s, i) => new Sample($"{i}", s.GetString()!)
            { Fields = new Dictionary<string, object> { ["x"] = numbers[i][0], ["y"] = numbers[i][1] } }),
        ];
        using var batch = model.Collate(samples);
        var ids = golden.GetProperty("ids").EnumerateArray().Select(row => row.EnumerateArray().Select(e => e.GetInt32()).ToArray());
        Assert.Equal(ids, batch.Encodings.Select(e => e.Ids));

        var expected = golden.GetProperty("causalLm");
        var hidden = model.Backbone.Forward(batch, Capture.None)[StreamKey.Hidden];
        Formula.Agrees("hidden", expected.GetProperty("hidden"), hidden.masked_select(batch[Keys.AttentionMask].unsqueeze(2)));
        var term = model.Objective.Loss(model.Predict(batch), batch).Single();
        Assert.Equal(expected.GetProperty("count").GetInt64(), term.Count);
        Agrees(expected.GetProperty("loss").GetDouble(), term.Sum.item<float>());
        term.Sum.backward();
        GradientsAgree(model, expected.GetProperty("gradients"));
        if (file == "gpt_small")
            Assert.True(model.Parameters.Where(p => p.Name.StartsWith("number_embedding"))
                .All(p => p.Value.grad!.abs().max().item<float>() > 0));
    }

    [Theory]
    [InlineData("gpt_tiny", true)]
    [InlineData("gpt_tiny", false)]
    [InlineData("gpt_small", true)]
    [InlineData("gpt_small", false)]
    public void Dna_multitask_equals_the_reference(string file, bool pooledCrossEntropy)
    {
        using var scope = NewDisposeScope();
        var golden = Golden(file);
        using var model = Model(golden, "dna-multitask", "O {sequence}", new { pooledCrossEntropy });
        var expected = golden.GetProperty("multitask");
        var options = new MultiTaskDnaOptions();
        var rows = new ExerciseRows(new Answers(model.Tokenizer.Vocabulary, options), model.Tokenizer.Vocabulary.Unknown);
        var context = new CollateContext(model.Tokenizer, 1000, CollateMode.Train, new SeededRandom(1));
        foreach (var exercise in expected.GetProperty("exercises").EnumerateArray())
        {
            var sequence = exercise[1].GetString()!;
            var share = (float)sequence.Count(b => b is 'G' or 'C') / sequence.Count("ACGT".Contains);
            var kind = exercise[0].GetString() switch { "gc" => TaskKind.Gc, "order" => TaskKind.Order, _ => TaskKind.NextToken };
            rows.Add(new Exercise(kind, new("x", sequence), share, exercise[2].GetBoolean()), context);
        }
        var (batch, nextTokens, orders, contents) = rows.Write(blindly: false, asksNumbers: true, asksOrder: true);
        batch.SetTargets("next-token", nextTokens).SetTargets("order", orders).SetTargets("gc", contents)
            .SetTargets("cross-entropy", nextTokens + orders);

        var terms = model.Objective.Loss(model.Predict(batch), batch);
        if (!pooledCrossEntropy)
        {
            Assert.Equal(["next-token", "order", "gc"], terms.Select(t => t.Name));
            Assert.Equal(expected.GetProperty("counts").EnumerateArray().Select(c => c.GetInt64()), terms.Select(t => t.Count));
            foreach (var (sum, term) in expected.GetProperty("sums").EnumerateArray().Zip(terms))
                Agrees(sum.GetDouble(), term.Sum.item<float>());
        }
        var total = expected.GetProperty(pooledCrossEntropy ? "pooled" : "apart");
        var loss = terms.Select(t => t.Sum * (t.Weight / t.Count)).Aggregate((a, b) => a + b);
        Agrees(total.GetProperty("loss").GetDouble(), loss.item<float>());
        loss.backward();
        GradientsAgree(model, total.GetProperty("gradients"));
    }

    [Theory]
    [InlineData("gpt_tiny")]
    [InlineData("gpt_small")]
    public void The_parameters_are_the_references(string file)
    {
        var golden = Golden(file);
        using var model = Model(golden, "dna-multitask", "{sequence}");
        Assert.Equal(golden.GetProperty("parameters").GetInt64(), model.Parameters.Sum(p => p.Value.numel()));
    }
}
