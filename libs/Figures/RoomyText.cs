using OxyPlot;

namespace PluginHost.Libs.Figures;

/// <summary>Measures text with room to spare: which font a reader's program takes is not known, and some are wider than Arial.</summary>
internal sealed class RoomyText() : PdfRenderContext(1000, 1000, OxyColors.Transparent)
{
    private const double Spare = 1.5;

    /// <inheritdoc/>
    public override OxySize MeasureText(string text, string fontFamily, double fontSize, double fontWeight)
    {
        var size = base.MeasureText(text, fontFamily, fontSize, fontWeight);
        return new OxySize(size.Width * Spare, size.Height * 1.15);
    }
}
