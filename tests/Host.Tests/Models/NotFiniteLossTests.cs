using PluginHost.Host.Batches;
using PluginHost.Host.Models;
using PluginHost.Host.Models.Contracts;
using PluginHost.Host.Tests.Training;
using static TorchSharp.torch;

namespace PluginHost.Host.Tests.Models;

/// <summary>A loss that is no number is laid to the weights or the data where these are not finite, and to a component otherwise.</summary>
public sealed class NotFiniteLossTests
{
    private static readonly BatchRecipe recipe = new()
    {
        Tokenizer = new TinyParts.Letters(), Objective = new TinyParts.MoreAThanT(), MaxTokens = 40,
    };

    private static HostException Explain(Action<TaskModel>? spoil = null, float feature = 0)
    {
        using var scope = NewDisposeScope();
        var model = TinyParts.Model();
        using (no_grad()) spoil?.Invoke(model);
        var source = new FakeSource([12, 13, 14]);
        var samples = Enumerable.Range(0, 3).Select(i => source.Get(i, new SeededRandom(1))).ToList();
        using var made = recipe.Make(new PlannedBatch(default, [0, 1, 2], default, 0), samples, CollateMode.Train, new SeededRandom(0), 0);
        made.Batch.Set(Keys.Features, full(3, 2, feature));
        return NotFiniteLoss.Explain("s", model, recipe, made.Batch, float.NaN);
    }

    [Fact]
    public void A_weight_that_is_not_finite_is_named()
    {
        var why = Explain(model => model.Parameters()[0].Parameter.fill_(float.NaN));
        Assert.IsType<RunFailedException>(why);
        Assert.StartsWith("Stage 's': the loss of its first samples is NaN, because the weight 'backbone.letters.weight' is not finite",
            why.Message);
    }

    [Theory]
    [InlineData(float.PositiveInfinity)]
    [InlineData(-1e30f)]
    public void So_is_a_column_of_the_data(float value)
    {
        var why = Explain(feature: value);
        Assert.IsType<RunFailedException>(why);
        Assert.Contains("because column 'features' of the batch holds values that are infinite, or too large", why.Message);
    }

    [Fact]
    public void What_is_left_is_the_objectives()
    {
        var why = Explain();
        Assert.IsType<PluginException>(why);
        Assert.Contains("MoreAThanT returned a loss that is not finite, of finite predictions.", why.Message);
    }
}
