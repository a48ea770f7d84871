using PluginHost.Libs.Files;
using PluginHost.Libs.Motifs;
using PluginHost.Libs.Tools;

namespace PluginHost.Plugins.Interpret.Vocabularies;

/// <summary><c>host interpret compare</c></summary>
/// <param name="options">Validated.</param>
/// <param name="build">Where files to read lie.</param>
internal sealed class CompareTool(CompareOptions options, BuildContext build) : ITool
{
    private const string Command = "interpret compare";

    /// <inheritdoc/>
    public IReadOnlyList<string> Files => [build.ResolvePath(options.Motifs)];

    /// <inheritdoc/>
    public void Check(TrainedModel model) => Plain(model);

    /// <inheritdoc/>
    public Task<int> RunAsync(ToolContext context, CancellationToken cancellation)
    {
        var path = ResultFolder.Check(Command, context.OutputPath(options.Output), options.Force, Files);
        var motifs = MotifFile.Read(build.ResolvePath(options.Motifs));
        using var model = context.OpenModel(options.Model, "cpu");
        var tokens = Plain(model);
        var comparison = new MotifComparison(motifs, options.ColumnScore);
        TokenComparison Compare(IReadOnlyList<string> texts, string what) => TokenComparison.Of(texts, comparison, options,
            done => context.Progress(what, done, texts.Count), cancellation);
        var found = Compare([.. tokens.Select(t => t.Text)], "tokens compared");
        var shuffled = Compare([.. tokens.Select(Shuffle)], "shuffled tokens compared");
        using var folder = ResultFolder.Begin(Command, path, options.Force);
        new CompareResults(options, model.Name, tokens, motifs).Write(folder, found, shuffled, comparison.Columns, context);
        folder.Commit();
        context.Say($"{Wording.Counted(tokens.Count, "token")} compared with {Wording.Counted(motifs.Count, "motif")}: {path}");
        return Task.FromResult(0);
    }

    /// <summary>The tokens that are compared.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    private List<PlainToken> Plain(TrainedModel model)
    {
        var vocabulary = model.Tokenizer.Vocabulary;
        var plain = vocabulary.Regular.Select(id => new PlainToken(id, vocabulary.Tokens[id].ToUpperInvariant()))
            .Where(t => t.Text.Length > 0 && !t.Text.AsSpan().ContainsAnyExcept(Motif.Bases)).ToList();
        var chosen = plain.Where(t => t.Text.Length >= options.Shortest).ToList();
        return chosen.Count > 0 ? chosen : throw new UsageException(
            $"--shortest {options.Shortest}: {model.Name} has no token of so many bases; its longest has "
            + $"{plain.Select(t => t.Text.Length).DefaultIfEmpty(0).Max()}.");
    }

    private static string Shuffle(PlainToken token)
    {
        var bases = token.Text.ToCharArray();
        new SeededRandom(1, (ulong)token.Id).Shuffle<char>(bases);
        return new(bases);
    }
}
