using System.Text;
using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Outputs;

namespace PluginHost.Libs.Tools;

/// <summary>
/// A folder of results with a list of its files, so that <c>--force</c> replaces no folder that another command made. Whole or absent.
/// </summary>
public sealed class ResultFolder : IDisposable
{
    private const string List = "files.txt";

    private readonly string command;
    private readonly StagedFolder staged;
    private readonly List<string> names = [];

    private ResultFolder(string command, StagedFolder staged) => (this.command, this.staged) = (command, staged);

    /// <summary>Looks at where it is to be made, before any work.</summary>
    /// <returns>The full path.</returns>
    /// <exception cref="UsageException">It is there already, or is an input.</exception>
    public static string Check(string command, string path, bool force, IEnumerable<string> inputs) =>
        OutputFolder.Check(path, force, folder => Made(command, folder), inputs);

    /// <summary>Begins it.</summary>
    /// <param name="command">Heads the list.</param>
    /// <param name="path">Of <see cref="Check"/>.</param>
    /// <param name="force">Whether one that is there is replaced.</param>
    public static ResultFolder Begin(string command, string path, bool force) => new(command, StagedFolder.Create(path, force));

    /// <summary>Begins a table or another long text.</summary>
    public StreamWriter Write(string name)
    {
        names.Add(name);
        return new(staged.Add(name), new UTF8Encoding(false), 1 << 16) { NewLine = "\n" };
    }

    /// <summary>Writes a short text.</summary>
    public void Add(string name, string text)
    {
        using var writer = Write(name);
        writer.Write(text);
    }

    /// <summary>Makes the folder appear.</summary>
    public void Commit()
    {
        Add(List, $"# {command}\n{string.Concat(names.Select(n => n + "\n"))}");
        staged.Commit();
    }

    /// <inheritdoc/>
    public void Dispose() => staged.Dispose();

    private static string[]? Made(string command, string folder)
    {
        var list = Path.Combine(folder, List);
        if (!File.Exists(list)) return null;
        var lines = File.ReadAllLines(list);
        return lines.Length > 0 && lines[0] == $"# {command}" ? [.. lines[1..], List] : null;
    }
}
