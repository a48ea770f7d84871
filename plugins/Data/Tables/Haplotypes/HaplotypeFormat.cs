namespace PluginHost.Plugins.Tables.Haplotypes;

/// <summary>Haplotypes, known by the file's name: their text may begin like that of any table.</summary>
internal sealed class HaplotypeFormat : IInputFormat
{
    /// <inheritdoc/>
    public InputReading? Recognize(InputFile file)
    {
        return !file.IsFolder && (Ends(".hapt") || Ends(".hapt.gz"))
            ? new(new ComponentSpec("haplotypes", new Dictionary<string, object?> { ["path"] = file.Path })) : null;

        bool Ends(string ending) => file.Path.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
    }
}
