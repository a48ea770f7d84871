namespace PluginHost.Plugins.Ensemble.Ranking;

/// <summary>The words of a task: what byte-pair training makes of its sequences.</summary>
internal static class TaskVocabulary
{
    /// <summary>Trains with whatever plugin offers <c>bpe train</c>, in a folder that is gone afterwards.</summary>
    public static async Task<IReadOnlySet<string>> MakeAsync(IEnumerable<string> sequences, int size, BuildContext context,
        ToolContext tool, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("vocabulary-rank-");
        try
        {
            var text = Path.Combine(folder.FullName, "task.fa");
            var vocab = Path.Combine(folder.FullName, "tokenizer.json");
            await File.WriteAllLinesAsync(text, sequences.SelectMany((sequence, i) => (string[])[$">{i}", sequence]), cancellation);
            var training = context.Build<ITool>(new ComponentSpec("bpe train", new Dictionary<string, object?>
            {
                ["path"] = new List<object?> { text },
                ["output"] = vocab,
                ["size"] = (long)size,
            })
            { Origin = "host vocabulary rank" });
            await training.RunAsync(new Aside(tool), cancellation);
            var own = context.Build<ITokenizer>(
                new ComponentSpec("bpe", new Dictionary<string, object?> { ["vocab"] = vocab }) { Origin = "host vocabulary rank" });
            return own.Vocabulary.Regular.Select(id => own.Vocabulary.Tokens[id]).ToHashSet();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Shows the training's progress, and keeps its results and remarks to itself.</summary>
    private sealed class Aside(ToolContext outer) : ToolContext
    {
        public override TextWriter Output => TextWriter.Null;

        public override void Say(string message) { }

        public override void Progress(string what, long done, long? total) => outer.Progress(what, done, total);
    }
}
