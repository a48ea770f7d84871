using PluginHost.Libs.Genomics.Fasta;

namespace PluginHost.Plugins.Fasta;

/// <summary>Whole records of one FASTA file.</summary>
internal sealed class FastaFormat : IInputFormat
{
    /// <inheritdoc/>
    public InputReading? Recognize(InputFile file) => !file.IsFolder && FastaFile.Begins(file.Head.Span)
        ? new(new ComponentSpec("fasta", new Dictionary<string, object?> { ["path"] = file.Path, ["how"] = "whole", ["as"] = "any" }))
        : null;
}
