using PluginHost.Host.Pipelines;
using PluginHost.Host.Plugins;
using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Formats;

namespace PluginHost.Host.Models;

/// <summary>Asks the plugins' formats how a file or folder is read.</summary>
/// <param name="components">Where formats come from.</param>
public sealed class InputFormats(IComponentFactory components)
{
    private readonly Lazy<IReadOnlyList<IInputFormat>> formats = new(() =>
    {
        var context = new PipelineBuildContext(components, null, null, PathSearch.WorkingDirectory);
        return [.. Infos(components).Select(f => components.Build<IInputFormat>(new ComponentSpec($"{f.Plugin.Name}/{f.Name}"), context))];
    });

    /// <summary>What the formats are called.</summary>
    public IEnumerable<string> Names => Infos(components).Select(f => f.Name);

    /// <summary>What the first format that is certain says, or else the first that guesses; null where none knows it.</summary>
    /// <param name="path">A file or folder that exists.</param>
    /// <exception cref="DataException">The file cannot be read.</exception>
    public InputReading? Recognize(string path)
    {
        var isFolder = Directory.Exists(path);
        return Recognize(new InputFile(path, isFolder, isFolder ? ReadOnlyMemory<byte>.Empty : FileHead.Read(path)));
    }

    /// <summary>The same, for a file that a user named.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="named">As it was named, for messages.</param>
    /// <param name="remedy">A sentence on what else can be done; empty for none.</param>
    /// <exception cref="DataException">It is missing, or of no format that a plugin reads.</exception>
    public InputReading Read(string path, string named, string remedy = "")
    {
        if (!Path.Exists(path)) throw new DataException($"{named} does not exist.");
        var reading = Recognize(path);
        if (reading is null or { IsGuess: true }) RefuseForeign(path);
        return reading
            ?? throw new DataException($"{named} is of none of the formats there are: {string.Join(", ", Names)}.{remedy}");
    }

    /// <inheritdoc cref="Recognize(string)"/>
    public InputReading? Recognize(InputFile file)
    {
        var readings = formats.Value.Select(f => f.Recognize(file)).OfType<InputReading>().ToList();
        return readings.Find(r => !r.IsGuess) ?? readings.FirstOrDefault();
    }

    /// <summary>A guess takes nearly everything; what is known to be something else is named as that.</summary>
    private void RefuseForeign(string path)
    {
        var wanted = $"one of the formats that are read ({string.Join(", ", Names)})";
        if (!Directory.Exists(path)) ForeignFormat.Refuse(TextFile.Head(path), path, wanted, TextFormat.Table);
        else if (ForeignFolder.Explain(path, wanted) is { } said) throw new DataException(said);
    }

    private static IEnumerable<ComponentInfo> Infos(IComponentFactory components) =>
        components.Components.Where(c => c.Kind == typeof(IInputFormat));
}
