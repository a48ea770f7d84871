using PluginHost.Libs.Blocks;

namespace PluginHost.Plugins.BertEncoder;

/// <summary>
/// Options of <c>bert-encoder</c>: those of every token encoder. DNABERT-2 (Zhou et al. 2024, 3.2) is
/// <c>positions: alibi, packedQkv: true, gated: true, attentionDropout: 0, unpadded: true</c>; Genomics-FM the same with
/// <c>positions: alibi-with-table</c>.
/// </summary>
public sealed class BertEncoderOptions : EncoderOptions;
