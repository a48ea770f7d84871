using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Outputs;
using PluginHost.Libs.Files.Tables;
using PluginHost.Libs.Tools.Answers;
using PluginHost.Libs.Tools.Input;
using PluginHost.Libs.Tools.Strands;
using PluginHost.Plugins.Embed.Cutting;
using PluginHost.Plugins.Embed.Files;
using PluginHost.Plugins.Embed.Vectors;

namespace PluginHost.Plugins.Embed;

using static TorchSharp.torch;

/// <summary><c>host embed</c></summary>
/// <param name="options">Validated.</param>
/// <param name="build">Where files to read lie.</param>
internal sealed class EmbedTool(EmbedOptions options, BuildContext build) : ITool
{
    // Sequences sorted by length together, and the numbers that may wait until those before them are written: 256 MB.
    private const int Stretch = 4096;
    private const long MostWaiting = 1L << 26;

    private readonly Pooling pooling = options.Pooling ?? Pooling.Mean;

    /// <inheritdoc/>
    public IReadOnlyList<string> Files => ToolInput.Files(options, build);

    /// <inheritdoc/>
    public void Check(TrainedModel model)
    {
        var states = new LayerStates(model, options.Layer);
        states.Check();
        Reader(model);
        CheckWindow(model);
        // How many layers there are shows when one sequence goes through.
        using var scope = NewDisposeScope();
        foreach (var (batch, _) in model.Batches(ListedSource.ProbeOf(model), new() { TokensOnly = true })) states.Of(batch);
    }

    /// <inheritdoc/>
    public Task<int> RunAsync(ToolContext context, CancellationToken cancellation)
    {
        var output = Output(context);
        using var model = context.OpenModel(options.Model, options.Device, options.Field);
        var states = new LayerStates(model, options.Layer);
        states.Check();
        var reader = Reader(model);
        var input = ToolInput.Open(context, options, build);
        // Both strands of a sequence come one behind the other and are one vector.
        var read = options.BothStrands ? new StrandedSource(input) : input;
        output.Write(stream =>
        {
            var source = Windows(model, read, context, cancellation);
            Embed(model, states, reader, read, source, output, stream, context, cancellation);
        });
        context.Say($"{Wording.Counted(input.Count, "sequence")} embedded: {output.Path}");
        return Task.FromResult(0);
    }

    private OutputFile Output(ToolContext context)
    {
        var file = OutputFile.Check(context.OutputPath(options.Output), options.Force, [.. Files, Model()]);
        VectorFormat.Check(file);
        return file;
    }

    /// <summary>The folder of the model's files: of a run, not the run's own, beside which vectors may well be kept.</summary>
    private string Model()
    {
        var folder = options.Model.Length > 0 ? build.ResolvePath(options.Model) : "";
        return Path.Combine(folder, "model") is var inside && Directory.Exists(inside) ? inside : folder;
    }

    private IWindowReader Reader(TrainedModel model)
    {
        if (options.Of == Of.Token) return new TokenReader();
        var pooled = new StatePooling(model, pooling);
        pooled.Check();
        return new PooledReader(pooled);
    }

    private WindowedSource Windows(TrainedModel model, ISampleSource read, ToolContext context, CancellationToken cancellation)
    {
        var longest = CheckWindow(model);
        var cutter = (options.WindowTokens ?? longest) is { } most ? new WindowCutter(model.Tokenizer, most, options.Overlap) : null;
        var source = WindowedSource.Of(read, model.Tokenizer, cutter, done => context.Progress("sequences measured", done, read.Count),
            cancellation);
        if (source.CutSequences > 0)
            context.Say(
                $"{source.CutSequences:N0} of {Wording.Counted(read.Count, options.BothStrands ? "strand" : "sequence")} have more than "
                + $"{options.WindowTokens ?? longest:N0} tokens "
                + $"and were cut into {source.CutWindows:N0} windows that share {Wording.Counted(options.Overlap, "base")}.");
        return source;
    }

    private int? CheckWindow(TrainedModel model)
    {
        var longest = model.Backbone.Shape.MaxTokens;
        return options.WindowTokens > longest
            ? throw new UsageException($"--window-tokens {options.WindowTokens}: {model.Name} takes at most {longest} tokens.")
            : longest;
    }

    private void Embed(
        TrainedModel model, LayerStates states, IWindowReader reader, ISampleSource read, WindowedSource source, OutputFile output,
        Stream stream, ToolContext context, CancellationToken cancellation)
    {
        IVectorFile? file = null;
        Joiner? joiner = null;
        try
        {
            var waiting = new Dictionary<long, WindowVectors>();
            var (next, done) = (0L, 0L);
            foreach (var (batch, places) in model.Batches(source, Batching(model)))
            {
                cancellation.ThrowIfCancellationRequested();
                using var scope = NewDisposeScope();
                var states_BTD = states.Of(batch);
                file ??= VectorFormat.Begin(
                    output, stream, new(model.Name, states.Name, options.Of == Of.Token, pooling, (int)states_BTD.shape[2])
                    {
                        Placed = source.IsPlaced, BothStrands = options.BothStrands, HasNotes = source.Notes.Count > 0,
                    });
                joiner ??= new(options.Of, pooling, options.BothStrands, file) { Notes = source.Notes };
                var windows = places.Select(source.Window).ToList();
                foreach (var (place, vectors) in places.Zip(reader.Read(states_BTD, batch, windows))) waiting[place] = vectors;
                while (waiting.Remove(next, out var vectors)) joiner.Take(source.Window(next++), vectors);
                done += windows.Count;
                context.Progress(options.BothStrands ? "strands embedded" : "sequences embedded", done * read.Count / source.Count, read.Count);
            }
            if (joiner!.NotFinite > 0)
            {
                var found = $"{Wording.Counted(joiner.NotFinite, "vector")} of '{joiner.FirstNotFinite}'"
                    + $"{(joiner.NotFinite > 1 ? " and others" : "")} hold values that are not finite (NaN or infinite). The "
                        + "model's weights "
                    + "may not be finite, or its numbers overflow";
                if (!options.AllowNan)
                    throw new RunFailedException($"{found}. Nothing was written; --allow-nan writes them all the same.");
                context.Warn($"{found}.");
            }
            file!.Finish();
            if (source.Notes.Values.Count(n => n == SequenceNote.NoKnownBase) is > 0 and var unknown)
                context.Warn(
                    $"{Wording.Counted(unknown, "sequence")} of N alone, marked '{SequenceNote.NoKnownBase}' in the column note: "
                    + "the vectors say nothing of DNA.");
            if (joiner.Empty > 0)
                context.Warn(
                    $"{Wording.Counted(joiner.Empty, "sequence")} had no token that stands for bases; the vector is NaN. "
                    + "Leave them out, or use --pooling last.");
        }
        finally { file?.Dispose(); }
    }

    private ModelBatchOptions Batching(TrainedModel model)
    {
        var shape = model.Backbone.Shape;
        var numbers = (options.Of == Of.Token ? options.WindowTokens ?? shape.MaxTokens ?? Stretch : 1L) * shape.HiddenSize;
        return new() { BatchTokens = options.BatchTokens, TokensOnly = true, Stretch = (int)Math.Clamp(MostWaiting / numbers, 1, Stretch) };
    }
}
