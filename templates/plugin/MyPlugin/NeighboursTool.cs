using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost;
using static TorchSharp.torch;

namespace MyPlugin;

/// <summary>Options of the command, and of the stage.</summary>
[Example("host my-plugin neighbours runs/mine data/test.csv --output neighbours.tsv")]
public sealed class NeighboursOptions
{
    /// <summary>The model.</summary>
    [Description("A run or model folder; left out in a pipeline: the model trained before."), Positional("MODEL")]
    public string Model { get; set; } = "";

    /// <summary>The sequences.</summary>
    [Required, Description("The sequences, at least two."), Positional("INPUT")]
    public string Input { get; set; } = "";

    /// <summary>The table.</summary>
    [Required, Description("The table to write."), ValueName("FILE"), ShortName("-o")]
    public string Output { get; set; } = "";

    /// <summary>Replaces it.</summary>
    [Description("Replace the output if it is there already.")]
    public bool Force { get; set; }
}

/// <summary>Compares the means of hidden states by their cosine. Axes: B sequences, T tokens, D hidden size, N all sequences.</summary>
internal sealed class NeighboursTool(NeighboursOptions options) : ITool
{
    public Task<int> RunAsync(ToolContext context, CancellationToken cancellation)
    {
        var output = context.OutputPath(options.Output);
        if (File.Exists(output) && !options.Force)
            throw new UsageException($"{output} exists already; choose another name, or replace it with --force.");
        using var model = context.OpenModel(options.Model);
        var source = context.OpenInput(options.Input);
        if (source.Count < 2) throw new DataException($"{options.Input} has {source.Count} sequences; neighbours need two or more.");
        var (names, vectors) = (new string[source.Count], new float[source.Count][]);
        foreach (var (batch, places) in model.Batches(source, new() { TokensOnly = true }))
        {
            cancellation.ThrowIfCancellationRequested();
            var hidden_BTD = model.Forward(batch)[StreamKey.Hidden].to_type(ScalarType.Float32);
            var real_BT1 = batch[Keys.AttentionMask].unsqueeze(2);
            var mean_BD = nn.functional.normalize((hidden_BTD * real_BT1).sum(1), dim: 1).cpu();
            // Tensors of this loop are freed with the batch: what is kept is copied.
            for (var b = 0; b < places.Count; b++)
                (names[places[b]], vectors[places[b]]) = (batch.Samples[b].Id, mean_BD[b].data<float>().ToArray());
        }
        using var scope = NewDisposeScope();
        var vectors_ND = tensor([.. vectors.SelectMany(vector => vector)], [vectors.Length, vectors[0].Length]);
        var (cosines_N, nearest_N) = (vectors_ND.matmul(vectors_ND.t()) - 2 * eye(vectors.Length)).max(1);
        var (cosines, nearest) = (cosines_N.data<float>().ToArray(), nearest_N.data<long>().ToArray());
        File.WriteAllLines(output, names.Select((name, n) => FormattableString.Invariant($"{name}\t{names[nearest[n]]}\t{cosines[n]:F4}"))
            .Prepend("id\tneighbour\tcosine"));
        context.Say($"{names.Length:N0} sequences: {options.Output}");
        return Task.FromResult(ExitCodes.Done);
    }
}
