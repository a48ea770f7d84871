using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace PluginHost.Host.Foundation.Documents;

/// <summary>Writes nodes as YAML that reads back as the same nodes.</summary>
public static class YamlWriter
{
    /// <summary>The document's text, ending in a line feed.</summary>
    public static string Write(Node node)
    {
        var text = new StringWriter { NewLine = "\n" };
        var emitter = new Emitter(text,
            new EmitterSettings(bestIndent: 2, bestWidth: int.MaxValue, isCanonical: false, maxSimpleKeyLength: 1024));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        Emit(emitter, node);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        var result = text.ToString();
        return result.EndsWith('\n') ? result : result + "\n";
    }

    private static void Emit(Emitter emitter, Node node)
    {
        switch (node)
        {
            case ListNode list:
                // A short list of plain values reads best on one line.
                var style = list.Items.All(i => i is ScalarNode) ? SequenceStyle.Flow : SequenceStyle.Block;
                emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, style));
                foreach (var item in list.Items) Emit(emitter, item);
                emitter.Emit(new SequenceEnd());
                break;
            case MapNode map:
                emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true,
                    map.Entries.Count == 0 ? MappingStyle.Flow : MappingStyle.Block));
                foreach (var (key, value) in map.Entries)
                {
                    Emit(emitter, new ScalarNode(Place.None, key, Quoted: true));
                    Emit(emitter, value);
                }
                emitter.Emit(new MappingEnd());
                break;
            case ScalarNode scalar:
                var mustQuote = scalar.Quoted && CoreSchema.Resolve(scalar.Text) is not string;
                var plain = !scalar.Quoted && scalar.Text.Length == 0 ? "null" : scalar.Text;
                emitter.Emit(new Scalar(
                    AnchorName.Empty, TagName.Empty, mustQuote ? scalar.Text : plain,
                    mustQuote ? ScalarStyle.DoubleQuoted : ScalarStyle.Any, isPlainImplicit: true, isQuotedImplicit: true));
                break;
        }
    }
}
