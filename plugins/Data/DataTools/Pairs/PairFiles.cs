using System.Text;
using PluginHost.Libs.Files;
using PluginHost.Libs.Genomics.Leakage;
using PluginHost.Plugins.DataTools.Output;

namespace PluginHost.Plugins.DataTools.Pairs;

/// <summary>Writes the splits and what was done.</summary>
internal static class PairFiles
{
    public const string RecordName = "pairs.json";
    public static readonly string[] Splits = ["train", "dev", "test"];

    /// <summary>The files of a folder that an earlier run made; null where none did.</summary>
    public static IReadOnlyCollection<string>? Made(string folder) => MadeFiles.Of(folder, RecordName);

    /// <summary>Writes one split.</summary>
    public static void Write(StagedFolder folder, string name, IEnumerable<WindowPair> pairs, IReadOnlyList<string> windows)
    {
        var stream = folder.Add(name);
        Line("parent,child,parent_id,child_id,differences,count");
        foreach (var pair in pairs)
            Line(string.Join(',', windows[pair.Parent], windows[pair.Child], Cell(pair.ParentName), Cell(pair.ChildName),
                Apart(windows[pair.Parent], windows[pair.Child]), pair.Count));
        folder.Close(stream);

        void Line(string line) => Disk.Guard(name, () => stream.Write(Encoding.UTF8.GetBytes(line + "\n")));
    }

    /// <summary>Edits from one sequence to another.</summary>
    public static int Apart(string a, string b) => EditDistance.Within(a, b, Math.Max(a.Length, b.Length));

    /// <summary>Writes what was done.</summary>
    public static void Record(StagedFolder folder, PairsOptions options, string how, object counts, IEnumerable<object> files) =>
        folder.Add(RecordName, RecordJson.Write(new
        {
            Data = new { Path = DataFile.Show(options.Data), DataFingerprint.Of(options.Data).Sha256 },
            Tree = options.Tree is { } tree ? DataFile.Show(tree) : null,
            How = how, options.Window, options.Identity, options.CladeDepth, options.ChangedOnly, options.Dev, options.Test, options.Seed,
            Counts = counts, Files = files,
        }));

    private static string Cell(string text) => text.AsSpan().ContainsAny(",\"\n") ? $"\"{text.Replace("\"", "\"\"")}\"" : text;
}
