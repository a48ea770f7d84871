using PluginHost.Host.Tests.Models;
using PluginHost.Libs.Tools.Answers;
using PluginHost.Libs.Tools.Input;

namespace PluginHost.Host.Tests.Tools;

/// <summary>What a model says of sequences, asked as tools ask.</summary>
public sealed class ModelOutputsTests
{
    [Fact]
    public void Classes_have_names_and_probabilities_in_the_places_of_their_sequences()
    {
        using var model = TinyModel.Make("windowed");
        var outputs = new ModelOutputs(model);
        var samples = TinyModel.Sequences(30, 12, 25);

        var answers = model.Batches(new ListedSource(samples), new()).SelectMany(outputs.Read).OrderBy(a => a.Place).ToList();

        Assert.Equal(OutputKind.Classes, outputs.Kind);
        Assert.Equal(["0", "1", "2"], outputs.Names);
        Assert.Equal([0, 1, 2], answers.Select(a => a.Place));
        Assert.Equal(["s0", "s1", "s2"], answers.Select(a => a.Sample.Id));
        Assert.All(answers, a => Assert.Equal(1, a.Values.Sum(), 5));
        Assert.All(answers, a => Assert.Equal(new BaseSpan(0, a.Sample.Sequence.Length), a.Span));
    }

    [Fact]
    public void A_model_of_tokens_is_refused_in_a_sentence()
    {
        using var model = TinyModel.Make("dnabert");
        var refused = Assert.Throws<UsageException>(() => new ModelOutputs(model).Check());
        Assert.Contains("predicts tokens and nothing of a sequence", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_output_that_is_not_there_is_named()
    {
        using var model = TinyModel.Make("windowed");
        var outputs = new ModelOutputs(model);
        Assert.Equal(1, outputs.Index("1", "--class"));
        Assert.Equal(2, outputs.Index(null, "--class"));
        var refused = Assert.Throws<UsageException>(() => outputs.Index("donor", "--class"));
        Assert.StartsWith("--class donor: ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Log_odds_of_classes_are_those_of_the_class_against_the_sum_of_the_others()
    {
        var answer = new Answer(0, new("s", "ACGT"), new(0, 4), [0.2f, 0.3f, 0.5f]);
        Assert.Equal(Math.Log(0.3 / 0.7), answer.LogOdds(1, OutputKind.Classes), 6);
        Assert.Equal(Math.Log(0.5 / 0.5), answer.LogOdds(2, OutputKind.Labels), 6);
        var sure = new Answer(0, new("s", "ACGT"), new(0, 4), [1e-9f, 1f]);
        Assert.Equal(Math.Log(1e9), sure.LogOdds(1, OutputKind.Classes), 3);
        Assert.True(double.IsFinite(new Answer(0, new("s", "A"), new(0, 1), [0f, 1f]).LogOdds(1, OutputKind.Classes)));
    }
}
