using PluginHost.Libs.Files.Outputs;

namespace PluginHost.Plugins.DataTools;

/// <summary>What a tool speaks to and finds its files by while it runs.</summary>
/// <param name="context">Where results and messages go.</param>
/// <param name="build">Where files to read lie.</param>
internal sealed class ToolRun(ToolContext context, BuildContext build)
{
    private bool aside;

    /// <summary>The path of a file or folder to read.</summary>
    public string Input(string path) => build.ResolvePath(path);

    /// <summary>The path of a file or folder to write.</summary>
    public string Output(string path) => context.OutputPath(path);

    /// <summary>A file to write, checked. Results of another kind keep away from it where it is standard output.</summary>
    /// <param name="path">As <see cref="Output"/> gave it.</param>
    /// <param name="force">Whether a file that is there may be replaced.</param>
    /// <param name="inputs">Files that are read.</param>
    public OutputFile File(string path, bool force, IEnumerable<string> inputs)
    {
        var file = OutputFile.Check(path, force, inputs);
        aside = file.IsStandardOutput;
        return file;
    }

    /// <summary>The full path of a folder to make, checked: see <see cref="OutputFolder.Check"/>.</summary>
    public static string Folder(string path, bool force, Func<string, IReadOnlyCollection<string>?> made, IEnumerable<string> inputs) =>
        OutputFolder.Check(path, force, made, inputs);

    /// <inheritdoc cref="ToolContext.Say"/>
    public void Say(string message) => context.Say(message);

    /// <inheritdoc cref="ToolContext.Warn"/>
    public void Warn(string message) => context.Warn(message);

    /// <inheritdoc cref="ToolContext.Progress"/>
    public void Progress(string what, long done, long? total) => context.Progress(what, done, total);

    /// <inheritdoc cref="ToolContext.Show"/>
    public void Show(ResultTable table)
    {
        if (!aside) context.Show(table);
        else foreach (var row in table.Rows.Prepend(table.Columns)) context.Say(string.Join('\t', row));
    }

    /// <summary>Prints a line of results on standard output, or on standard error where the file itself goes there.</summary>
    public void Result(string line)
    {
        if (aside) context.Say(line);
        else context.Output.WriteLine(line);
    }
}
