using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using AttentionProfile;
using PluginHost;
using static TorchSharp.torch;

[assembly: Plugin(typeof(AttentionPlugin))]

namespace AttentionProfile;

/// <summary>The DLL's table of contents.</summary>
public sealed class AttentionPlugin : IPlugin
{
    public void Register(ICatalog catalog) => catalog.Add<ITool, AttentionOptions>(
        "attention profile", (options, _) => new AttentionTool(options), "Writes how much attention each token receives.");
}

/// <summary>Options of the command, and of the stage.</summary>
public sealed class AttentionOptions
{
    [Description("A run or model folder; left out in a pipeline: the model trained before."), Positional("MODEL")]
    public string Model { get; set; } = "";

    [Required, Description("The sequences."), Positional("INPUT")]
    public string Input { get; set; } = "";

    [Required, Description("The table to write.")]
    public string Output { get; set; } = "";

    [Description("Replace the output if it is there already.")]
    public bool Force { get; set; }

    [Range(1, 1000), Description("The layer; the last unless set.")]
    public int? Layer { get; set; }
}

internal sealed class AttentionTool(AttentionOptions options) : ITool
{
    public Task<int> RunAsync(ToolContext context, CancellationToken cancellation)
    {
        var output = context.OutputPath(options.Output);
        if (File.Exists(output) && !options.Force)
            throw new UsageException($"{output} exists already; choose another name, or replace it with --force.");
        using var model = context.OpenModel(options.Model);
        var lines = new List<string> { "id\tstart\tend\tattention" };
        foreach (var (batch, _) in model.Batches(context.OpenInput(options.Input), new() { TokensOnly = true }))
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var layers = model.Forward(batch, Capture.Attentions).Attentions;
            var layer = options.Layer ?? layers.Count;
            if (layer > layers.Count || layer == 0)
                throw new UsageException($"{model.Name} shows the attention of {layers.Count} layers, not of layer {layer}.");
            // Axes: B sequences, H heads, Q tokens that attend, T tokens attended to. Padding attends to nothing that counts.
            var real_B1Q1 = batch[Keys.AttentionMask].unsqueeze(1).unsqueeze(3);
            var received_BT = layers[layer - 1].mul(real_B1Q1).sum(2).mean([1L]).to_type(ScalarType.Float32).cpu();
            for (var b = 0; b < batch.Samples.Count; b++)
                foreach (var (span, t) in batch.Encodings[b].Spans.Select((span, t) => (span, t)).Where(x => x.span.Length > 0))
                {
                    var received = received_BT[b, t].item<float>();
                    lines.Add(FormattableString.Invariant($"{batch.Samples[b].Id}\t{span.Start}\t{span.End}\t{received}"));
                }
        }
        File.WriteAllLines(output, lines);
        context.Say($"{lines.Count - 1:N0} tokens: {options.Output}");
        return Task.FromResult(0);
    }
}
