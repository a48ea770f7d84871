namespace PluginHost.Libs.Tools.Input;

/// <summary>Fields of every sample, as a command line gives them.</summary>
public static class GivenFields
{
    /// <summary>What the options say of them.</summary>
    public const string Help =
        "A field of every sequence that lacks it, such as species=Homo_sapiens, where the model's tokenizer asks for one. May be repeated.";

    /// <summary>Opens a model whose samples have the fields.</summary>
    /// <param name="context">Opens it.</param>
    /// <param name="path">As <see cref="ToolContext.OpenModel"/> takes it.</param>
    /// <param name="device">Likewise.</param>
    /// <param name="fields">Each <c>NAME=VALUE</c>.</param>
    /// <exception cref="UsageException">One has no name, or the tokenizer asks for no such field.</exception>
    public static TrainedModel OpenModel(this ToolContext context, string path, string device, IReadOnlyList<string> fields)
    {
        var model = context.OpenModel(path, device);
        var given = new Dictionary<string, object>();
        foreach (var written in fields)
        {
            var at = written.IndexOf('=');
            if (at < 1) throw new UsageException($"--field {written}: write NAME=VALUE.");
            var name = written[..at];
            if (!model.Tokenizer.SampleFields.ContainsKey(name))
                throw new UsageException(model.Tokenizer.SampleFields.Count == 0
                    ? $"--field {written}: the tokenizer of {model.Name} reads nothing beside the sequence."
                    : $"--field {written}: the tokenizer of {model.Name} reads no such field{Nearest.Hint(name, model.Tokenizer.SampleFields.Keys)}; "
                        + $"it reads: {string.Join(", ", model.Tokenizer.SampleFields.Keys)}.");
            given[name] = written[(at + 1)..];
        }
        model.SampleFields = given;
        return model;
    }
}
