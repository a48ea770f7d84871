namespace PluginHost.Plugins.Tables;

/// <summary>One table, or a folder of train, dev and test tables. Hardly anything proves a file a table, so it is a guess.</summary>
internal sealed class TableFormat : IInputFormat
{
    /// <inheritdoc/>
    public InputReading? Recognize(InputFile file) =>
        new(new ComponentSpec("table", new Dictionary<string, object?> { [file.IsFolder ? "folder" : "path"] = file.Path }))
        {
            IsGuess = true,
        };
}
