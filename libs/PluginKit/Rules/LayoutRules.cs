using PluginHost.Checkpoints;
using static PluginHost.PluginKit.ConformanceException;

namespace PluginHost.PluginKit.Rules;

/// <summary>What the contract asks of layouts and input formats, rule by rule: what they make of something that is not theirs.</summary>
internal static class LayoutRules
{
    public static IEnumerable<Rule> Of(Subject subject)
    {
        var layout = subject.Build<ICheckpointLayout>();
        yield return new("new heads", () => Require(layout.NewHeads is not null, "NewHeads is null."));
        yield return new("another layout", () => InFolder(folder =>
        {
            File.WriteAllText(Path.Combine(folder, "config.json"), "{ \"model_type\": \"something-else\" }");
            var content = new CheckpointContent([new CheckpointTensor("of.no.model", TorchSharp.torch.ScalarType.Float32, [2, 3])], folder);
            try
            {
                layout.Plan(content);
            }
            catch (HostException)
            {
                return; // A sentence for the user.
            }
            throw new ConformanceException("it makes a plan of tensors that it cannot know; a DataException should say what is missing.");
        }));
    }

    public static IEnumerable<Rule> OfInputFormat(Subject subject)
    {
        var format = subject.Build<IInputFormat>();
        yield return new("other files", () => InFolder(folder =>
        {
            foreach (var (name, bytes) in new (string, byte[])[]
            {
                ("empty.txt", []), ("text.txt", "neither a table nor a sequence\n"u8.ToArray()), ("zeros.bin", new byte[512]),
                ("noise.bin", [.. Enumerable.Range(0, 512).Select(i => (byte)(i * 37 % 251))]), ("seq.fa", ">one\nACGT\n"u8.ToArray()),
            })
            {
                var path = Path.Combine(folder, name);
                File.WriteAllBytes(path, bytes);
                if (format.Recognize(new InputFile(path, IsFolder: false, bytes)) is { } reading)
                    Require(reading.Source.Use.Length > 0, $"it knows {name} as something that no source reads.");
            }
            _ = format.Recognize(new InputFile(Directory.CreateDirectory(Path.Combine(folder, "empty")).FullName, IsFolder: true, default));
        }));
    }

    private static void InFolder(Action<string> action)
    {
        var folder = Directory.CreateTempSubdirectory("plugin-kit-").FullName;
        try { action(folder); }
        finally { Directory.Delete(folder, recursive: true); }
    }
}
