using PluginHost.Libs.Attribution;
using PluginHost.Libs.Files;
using PluginHost.Libs.Tools;
using PluginHost.Libs.Tools.Input;

namespace PluginHost.Plugins.Interpret.Embeddings;

/// <summary><c>host interpret embeddings</c></summary>
/// <param name="options">Validated.</param>
/// <param name="build">Where files to read lie.</param>
internal sealed class EmbeddingTool(EmbeddingOptions options, BuildContext build) : ITool
{
    private const string Command = "interpret embeddings";
    private const int Components = 10;

    /// <inheritdoc/>
    public IReadOnlyList<string> Files => ToolInput.Files(options, build);

    /// <inheritdoc/>
    public void Check(TrainedModel model) => new SequenceVectors(model, options).Check();

    /// <inheritdoc/>
    public Task<int> RunAsync(ToolContext context, CancellationToken cancellation)
    {
        var path = ResultFolder.Check(Command, context.OutputPath(options.Output), options.Force, Files);
        using var model = context.OpenModel(options.Model, options.Device, options.Field);
        var vectors = new SequenceVectors(model, options);
        vectors.Check();
        var samples = Read(ToolInput.Open(context, options, build), context);
        var names = samples.Select(s => s.Text(options.By)).ToList();
        List<string> classes = [.. names.Distinct().Order(StringComparer.Ordinal)];
        if (classes.Count < 2)
            throw new DataException($"Each sequence has {options.By} = {classes[0]}; name a field that tells classes with --by.");
        int[] labels = [.. names.Select(n => classes.IndexOf(n))];
        int[] neighbours = options.Neighbours.Length > 0 ? [.. options.Neighbours.Distinct().Order()] : [1, 5, 20];
        if (neighbours[^1] >= samples.Count)
            throw new UsageException($"--neighbours {neighbours[^1]}: there are only {samples.Count:N0} sequences; give fewer.");
        Neighbourhood Near(float[][] of) => Neighbourhood.Of(of, labels, options.Distance, neighbours[^1], cancellation);

        var learnt = vectors.Of(samples, done => context.Progress("sequences embedded", done, samples.Count), cancellation);
        vectors.Warn(context);
        float[][] untaught;
        using (new ShuffledWeights(model, 1))
            untaught = vectors.Of(samples, done => context.Progress("sequences embedded with shuffled weights", done, samples.Count),
                cancellation);
        float[][] words = [.. samples.Select(s => SequenceVectors.OfWords(s.Sequence))];

        using var folder = ResultFolder.Begin(Command, path, options.Force);
        var results = new EmbeddingResults(options, $"{model.Name}, layer {vectors.Layer}", samples, classes, labels);
        results.Map(folder, PrincipalComponents.Of(learnt, Components));
        results.Separation(folder,
            [("model", Near(learnt)), ("shuffled weights", Near(untaught)), ($"{SequenceVectors.Word}-mers", Near(words))], neighbours,
            context);
        folder.Add("report.html", results.Html());
        folder.Commit();
        context.Say($"{Wording.Counted(samples.Count, "sequence")} mapped: {path}");
        return Task.FromResult(0);
    }

    /// <summary>The sequences, evenly over the input where it has more than are taken.</summary>
    private List<Sample> Read(ISampleSource input, ToolContext context)
    {
        if (input.Count < 2)
            throw new DataException($"{options.Input[0]} holds {Wording.Counted(input.Count, "sequence")}; a map needs two.");
        var count = Math.Min(input.Count, options.Most);
        if (count < input.Count)
            context.Say($"{count:N0} of {input.Count:N0} sequences are taken, evenly; --most takes more.");
        return [.. Enumerable.Range(0, (int)count).Select(n => n * input.Count / count)
            .Select(i => input.Get(i, new SeededRandom(0, (ulong)i)))];
    }
}
