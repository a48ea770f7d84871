using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginHost.Plugins.Tables.Labelled;

/// <summary>Options of the <c>class-folders</c> source.</summary>
internal sealed class ClassFoldersOptions : HeldOutOptions
{
    [Description("The folder that holds train and test, and dev or valid if there is one. In each, for every class, a folder CLASS of .txt "
        + "files with a sequence each, or a table CLASS.csv (or .tsv, also .gz) of sequences or of places (region,start,end,strand; "
        + "0-based, half-open).")]
    [Required]
    public string Path { get; set; } = "";

    [Description("FASTA files in which tables of places are looked up.")]
    public string[] Genome { get; set; } = [];
}
