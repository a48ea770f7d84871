using PluginHost.Host.Tests.Models;
using PluginHost.Libs.Attribution;
using PluginHost.Libs.Attribution.Gradients;
using PluginHost.Libs.Attribution.Mutations;
using PluginHost.Libs.Tools.Answers;
using PluginHost.Libs.Tools.Input;

namespace PluginHost.Host.Tests.Tools;

using static TorchSharp.torch;

/// <summary>What single changes and gradients say of bases, on a small classifier.</summary>
public sealed class AttributionTests
{
    [Fact]
    public void Every_mutant_has_the_output_that_it_has_alone()
    {
        using var model = TinyModel.Make("windowed");
        var sample = TinyModel.Sequences(14)[0];
        var mutations = Mutation.Of(sample.Sequence, deletions: true);
        Assert.Equal(14 * 3 + 13, mutations.Count);

        var effects = new MutationScorer(model, new(model), bothStrands: false, batchTokens: null)
            .Of(sample, mutations, _ => { }, TestContext.Current.CancellationToken);

        var wild = Alone(sample.Sequence);
        Assert.Equal(wild, effects.WildType, Near);
        for (var m = 0; m < mutations.Count; m += 5)
        {
            var alone = Alone(mutations[m].Apply(sample.Sequence));
            Assert.Equal(alone, effects.Mutant[m], Near);
            var compared = mutations[m].IsDeletion ? Alone(sample.Sequence[..^1]) : wild;
            Assert.Equal(alone[1] - compared[1], effects.Difference[m][1], 1e-5f);
            var odds = Math.Log2(alone[1] / (1 - (double)alone[1])) - Math.Log2(compared[1] / (1 - (double)compared[1]));
            Assert.Equal(odds, effects.LogOdds![m][1], 1e-3);
        }

        float[] Alone(string sequence) => model.Batches(new ListedSource([new("alone", sequence)]), new())
            .SelectMany(new ModelOutputs(model).Read).Single().Values;
        static bool Near(float a, float b) => Math.Abs(a - b) < 1e-5;
    }

    [Fact]
    public void A_model_of_tokens_is_refused()
    {
        using var model = TinyModel.Make("dnagpt");
        Assert.Contains("predicts tokens and nothing of a sequence",
            Assert.Throws<UsageException>(() => _ = new MutationScorer(model, new(model), false, null).Outputs).Message,
                StringComparison.Ordinal);
    }

    [Fact]
    public void Integrated_gradients_add_up_to_the_change_of_the_score()
    {
        using var model = TinyModel.Make("windowed");
        var score = new TargetScore(model, new ModelOutputs(model).Kind);
        Assert.True(score.Exists);
        foreach (var (batch, _) in model.Batches(new ListedSource(TinyModel.Sequences(20, 17)), new()))
        {
            var gradients = new EmbeddingGradients(model, score);
            float Largest(int steps) => gradients.Integrated(batch, [1, 2], Baseline.Mean, steps, TestContext.Current.CancellationToken)
                .Gap.Max(MathF.Abs);
            var (few, many) = (Largest(1), Largest(200));
            Assert.True(many < 1e-2, $"gap {many}");
            Assert.True(many < few, $"{many} with 200 steps, {few} with one");
        }
    }

    [Fact]
    public void Shuffled_weights_are_others_and_come_back()
    {
        using var model = TinyModel.Make("windowed");
        List<float[]> Weights() => [.. model.Backbone.parameters().Select(p => p.detach().flatten().data<float>().ToArray())];
        var before = Weights();
        using (new ShuffledWeights(model, 1))
        {
            var shuffled = Weights();
            Assert.NotEqual(before, shuffled);
            Assert.Equal(before.Select(w => w.Order().ToArray()), shuffled.Select(w => w.Order().ToArray()));
        }
        Assert.Equal(before, Weights());
    }

    [Fact]
    public void Stages_of_shuffling_hold_each_weight_once_from_the_output_on()
    {
        using var model = TinyModel.Make("windowed");
        var stages = ShuffledWeights.FromTheTop(model);
        Assert.Equal(["heads", "layer 2", "layer 1", "the rest"], stages.Select(s => s.Name));
        var all = model.Heads.Values.SelectMany(h => h.parameters()).Concat(model.Backbone.parameters()).Distinct().ToList();
        var staged = stages.SelectMany(s => s.Weights).ToList();
        Assert.Equal(all.Count, staged.Count);
        Assert.Equal(all.ToHashSet(), staged.ToHashSet());
        Assert.Contains(stages[^1].Weights, w => w.shape.SequenceEqual(model.Backbone.TokenEmbedding!.shape));
    }
}
