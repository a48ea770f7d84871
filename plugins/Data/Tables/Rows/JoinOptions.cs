using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginHost.Plugins.Tables.Rows;

/// <summary>A table whose columns are added to the rows of another.</summary>
internal sealed class JoinOptions
{
    [Description("The table: CSV or TSV, plain or gzip, a row for each key.")]
    [Required]
    public string Path { get; set; } = "";

    [Description("The column that both tables have and rows meet by: tissue, gene.")]
    [Required]
    public string On { get; set; } = "";

    [Description("Fields of several numbers made of its columns, as the option of the same name of the table source. All its other columns "
        + "become fields as they are.")]
    public Dictionary<string, string[]> Vectors { get; set; } = [];
}
