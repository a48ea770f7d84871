using PluginHost.Libs.Files;

namespace PluginHost.Plugins.Generate.Prompts;

/// <summary>The prompts that options name.</summary>
internal static class PromptList
{
    /// <summary>Full paths of the files.</summary>
    public static IReadOnlyList<string> Files(GenerateOptions options, BuildContext build) =>
        PathPatterns.Meant([.. options.Prompts], build.ResolvePath);

    /// <summary>Reads them, those of files first; null alone where there are none.</summary>
    /// <exception cref="DataException">A file is missing or malformed, or a prompt is not over the tokenizer's alphabet.</exception>
    public static IReadOnlyList<Sample?> Read(GenerateOptions options, TrainedModel model, ToolContext context)
    {
        List<Sample?> prompts = [];
        if (options.Prompts.Length > 0)
        {
            var source = context.OpenInput(options.Prompts, options.Data);
            for (var i = 0L; i < source.Count; i++)
            {
                var sample = source.Get(i, new SeededRandom(options.Seed, (ulong)i));
                prompts.Add(sample with { Sequence = model.Tokenizer.Alphabet.Normalize(sample.Sequence, sample.Where) });
            }
        }
        for (var i = 0; i < options.Prompt.Length; i++)
            prompts.Add(new Sample($"prompt{i + 1}", model.Tokenizer.Alphabet.Normalize(options.Prompt[i], $"--prompt {options.Prompt[i]}"))
            {
                Origin = $"--prompt {Short(options.Prompt[i])}",
            });
        return prompts.Count > 0 ? prompts : [null];
    }

    private static string Short(string bases) => bases.Length <= 20 ? bases : $"{bases[..20]}...";
}
