using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Outputs;

namespace PluginHost.Plugins.Bpe.Training;

/// <summary><c>host bpe train</c>: trains a vocabulary on FASTA and writes it as a tokenizer.json.</summary>
internal sealed class BpeTrainTool(BpeTrainOptions options, BuildContext context) : ITool
{
    public IReadOnlyList<string> Files => context.Build<IDataSource>(Source()).Files;

    public Task<int> RunAsync(ToolContext tool, CancellationToken cancellation) => Task.Run(() => Run(tool, cancellation), cancellation);

    private int Run(ToolContext tool, CancellationToken cancellation)
    {
        var output = OutputFile.Check(
            tool.OutputPath(options.Output), options.Force, PathPatterns.Expand(options.Path, context.ResolvePath));
        output.RequireEnding(".json");
        var text = Read(tool, cancellation);
        if (text.Bases == 0) throw new DataException($"{string.Join(", ", options.Path)}: there is no A, C, G or T to train on.");
        var wanted = options.Size - BpeModel.UsualSpecial.Length - TrainingText.Letters.Length;
        var merges = new BpeTrainer(text, wanted, options.MinimumCount).Run(made => tool.Progress("merges", made, wanted), cancellation);
        if (merges.Count < wanted)
            tool.Say($"The vocabulary has {options.Size - wanted + merges.Count:N0} ids rather than {options.Size:N0}: no other pair "
                + $"occurs {options.MinimumCount:N0} times. Train on more, or ask for fewer.");
        var model = BpeModel.Trained([.. TrainingText.Letters.Select(letter => letter.ToString())], merges);
        output.Write(stream => TokenizerWriter.Write(model, stream));
        tool.Output.WriteLine($"{options.Output}: {model.Tokens.Count:N0} ids, the longest of {model.Tokens.Max(t => t.Length)} bases, "
            + $"from {text.Bases:N0} bases");
        return 0;
    }

    private ComponentSpec Source() => new("fasta", new Dictionary<string, object?>
    {
        ["path"] = options.Path.ToList<object?>(),
        ["how"] = "tiles",
        ["window"] = (long)options.Window,
        ["minLength"] = 1L,
        ["maxN"] = 1.0,
    })
    { Origin = "host bpe train" };

    private TrainingText Read(ToolContext tool, CancellationToken cancellation)
    {
        var source = context.Build<IDataSource>(Source());
        var samples = source.Open(Split.Train)!;
        foreach (var note in source.Notes) tool.Say(note);
        var order = new long[samples.Count];
        for (var i = 0L; i < order.Length; i++) order[i] = i;
        var draws = samples.Count * options.Window > options.MaxBases;
        if (draws) new SeededRandom(options.Seed).Shuffle(order.AsSpan());
        var text = new TrainingText((int)Math.Min(options.MaxBases, Math.Min(samples.Count * options.Window, 1 << 26)));
        foreach (var index in order)
        {
            cancellation.ThrowIfCancellationRequested();
            var sequence = samples.Get(index, new SeededRandom(options.Seed, (ulong)index)).Sequence;
            text.Add(sequence.AsSpan(0, (int)Math.Min(sequence.Length, options.MaxBases - text.Bases)));
            tool.Progress("bases", text.Bases, null);
            if (text.Bases < options.MaxBases) continue;
            tool.Say($"Training on {text.Bases:N0} bases of {samples.Count:N0} stretches, drawn at random with seed {options.Seed} "
                + "(maxBases).");
            break;
        }
        return text;
    }
}
