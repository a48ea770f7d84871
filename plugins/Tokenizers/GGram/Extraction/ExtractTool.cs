using PluginHost.Libs.Files.Outputs;

namespace PluginHost.Plugins.GGram;

/// <summary>The command <c>ggrams extract</c>.</summary>
internal sealed class ExtractTool(ExtractOptions options, BuildContext context) : ITool
{
    private const long Megabyte = 1 << 20;

    public IReadOnlyList<string> Files => context.Build<IDataSource>(Source()).Files;

    public Task<int> RunAsync(ToolContext console, CancellationToken cancellation) =>
        Task.Run(() => Run(console, cancellation), cancellation);

    private int Run(ToolContext console, CancellationToken cancellation)
    {
        var output = OutputFile.Check(console.OutputPath(options.Output!), options.Force);
        output.RequireEnding(".json");
        var spec = options.Tokenizer
            ?? throw new UsageException("ggrams extract needs --tokenizer '{ use: NAME, ... }', the tokenizer whose tokens are joined.");
        var tokenizer = context.Build<ITokenizer>(spec);
        if (tokenizer.Vocabulary.Tokens.FirstOrDefault(t => t.Contains(' ')) is { } spaced)
            throw new UsageException(
                $"Tokenizer '{spec.Use}' has a token with a space in it, '{spaced}', which a G-gram file cannot hold.");
        var data = context.Build<IDataSource>(Source());
        var source = data.Open(Split.Train) ?? throw new DataException("The data source has no training split to extract G-grams from.");
        output.Refuse(data.Files);
        var folder = TemporaryFolder();
        try
        {
            using var store = new TokenStore(folder, tokenizer.Vocabulary.Count);
            if (options.BothStrands && !tokenizer.Alphabet.IsDna)
                throw new UsageException(
                    $"bothStrands adds reverse complements, which sequences of {tokenizer.Alphabet.Characters} have not; "
                    + "leave it out.");
            var corpus = new Corpus(source, tokenizer, options.BothStrands);
            corpus.Fill(store, console.Progress, cancellation);
            foreach (var note in data.Notes) console.Say(note);
            var found = new GGramExtractor(options, options.Memory * Megabyte, folder, console.Progress)
                .Run(store, tokenizer.Vocabulary.Count, cancellation);
            if (found.GGrams.Count == 0)
                throw new RunFailedException("No G-gram was found: no pair reaches minPmi, or none is frequent enough; lower minPmi, "
                    + "minPairCount or minCount, or give more DNA.");
            GGramWriter.Write(output, found, tokenizer.Vocabulary, spec.Use, options, data.Files);
            Report(console, found, corpus.Bases, output.Path);
            return 0;
        }
        catch (IOException e) when (e is not FileNotFoundException)
        {
            throw new ResourceException(
                $"Temporary files in {folder} or {output.Path} cannot be written: {e.Message} Name a folder with more room: "
                + "--temp FOLDER.", e);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private ComponentSpec Source() => options.Data ?? new("fasta", new Dictionary<string, object?>
    {
        ["path"] = options.Path.ToList<object?>(),
        ["how"] = "tiles",
        ["window"] = (long)options.Window,
        ["minLength"] = 1L,
        // Stretches of N break G-grams by themselves.
        ["maxN"] = 1.0,
    })
    { Origin = "ggrams extract" };

    private string TemporaryFolder()
    {
        var parent = options.Temp is null ? Path.GetTempPath() : context.ResolvePath(options.Temp);
        try
        {
            return Directory.CreateDirectory(Path.Combine(parent, $"ggrams-{Path.GetRandomFileName()}")).FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ResourceException($"{parent}: no temporary folder can be made here: {e.Message} Name another: --temp FOLDER.", e);
        }
    }

    private static void Report(ToolContext console, ExtractedGGrams found, long bases, string output)
    {
        var counts = found.Counts;
        var lengths = found.GGrams.GroupBy(g => g.Tokens.Length).OrderBy(g => g.Key).Select(g => $"{g.Count():N0} of {g.Key}");
        console.Output.WriteLine($"{bases:N0} bases, {counts.Tokens:N0} tokens, {counts.Pairs:N0} neighbours, {counts.DistinctPairs:N0} "
            + $"different pairs, {counts.JoinedPairs:N0} joined");
        console.Output.WriteLine($"{counts.Candidates:N0} candidates, {counts.Frequent:N0} frequent, {found.GGrams.Count:N0} kept "
            + $"({string.Join(", ", lengths)} tokens)");
        console.Output.WriteLine($"G-grams: {output}");
    }
}
