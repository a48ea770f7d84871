using System.Globalization;

namespace PluginHost.Host.Records;

/// <summary>P-values as tables show them.</summary>
internal static class PValue
{
    /// <summary>So many digits; what they cannot show as below the least they can, undefined ones as a hyphen.</summary>
    public static string Text(double p, int digits = 4)
    {
        var (least, form) = (Math.Pow(10, -digits), "F" + digits);
        return double.IsNaN(p) ? "-" : p < least ? "< " + least.ToString(form, CultureInfo.InvariantCulture)
            : p.ToString(form, CultureInfo.InvariantCulture);
    }
}
