using PluginHost.Libs.NextToken;

namespace PluginHost.Plugins.MultiTaskDna;

/// <summary>The figures of one scored batch, of the model or a baseline.</summary>
/// <param name="options">Weights of the terms.</param>
internal sealed class MultiTaskFigures(MultiTaskDnaOptions options)
{
    private readonly List<(float Output, float Target)> contents = [];
    private double orderLoss, orderRight, squares;
    private long orders;

    /// <summary>Next tokens.</summary>
    public TokenTally Tokens { get; } = new();

    /// <summary>Adds an answer of the order task.</summary>
    /// <param name="loss">In nats.</param>
    /// <param name="right">1 if it is right, 0 if not; between for a guess.</param>
    public void AddOrder(double loss, double right)
    {
        orderLoss += loss;
        orderRight += right;
        orders++;
    }

    /// <summary>Adds a GC content.</summary>
    public void AddGc(float output, float target)
    {
        contents.Add((output, target));
        squares += ((double)output - target) * ((double)output - target);
    }

    /// <summary>As metrics take them.</summary>
    public Scored ToScored()
    {
        var tokens = Tokens.Losses().ToList();
        List<ScoredLoss> losses = [];
        if (options.PooledCrossEntropy)
        {
            losses.Add(new(MultiTaskDnaObjective.Pooled, tokens[0].Sum + orderLoss, tokens[0].Count + orders, 1));
            losses.AddRange(tokens.Select(t => t with { Weight = 0 }));
        }
        else losses.AddRange(tokens);
        if (options.Order > 0)
        {
            losses.Add(new(MultiTaskDnaObjective.Order, orderLoss, orders, options.PooledCrossEntropy ? 0 : options.OrderWeight));
            losses.Add(new(MultiTaskDnaObjective.OrderAccuracy, orderRight, orders, 0));
        }
        if (options.Gc > 0) losses.Add(new(MultiTaskDnaObjective.Gc, squares, contents.Count, options.GcWeight));
        return new()
        {
            Labels = Tokens.Labels,
            Predicted = Tokens.Predicted,
            Outputs = Column(contents.Select(c => c.Output)),
            Targets = Column(contents.Select(c => c.Target)),
            Losses = losses,
        };
    }

    private static float[,] Column(IEnumerable<float> values)
    {
        var list = values.ToArray();
        var column = new float[list.Length, 1];
        for (var i = 0; i < list.Length; i++) column[i, 0] = list[i];
        return column;
    }
}
