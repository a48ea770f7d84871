namespace PluginHost.Libs.Files.Formats;

/// <summary>Text that a reader may take, where others name it as something else.</summary>
public enum TextFormat
{
    /// <summary>A table with a header: who takes one is not told of what could be one.</summary>
    Table,

    /// <summary>Sequences, each under a line that begins with <c>&gt;</c>.</summary>
    Fasta,

    /// <summary>Variants.</summary>
    Vcf,

    /// <summary>GFF3 or GTF.</summary>
    Gff,

    /// <summary>BED.</summary>
    Bed,

    /// <summary>JSON, one document.</summary>
    Json,
}
