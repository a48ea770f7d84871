using Calibration;
using PluginHost;

[assembly: Plugin(typeof(CalibrationPlugin))]

namespace Calibration;

/// <summary>The DLL's table of contents.</summary>
public sealed class CalibrationPlugin : IPlugin
{
    public void Register(ICatalog catalog) => catalog.Add<IMetric, CalibrationOptions>(
        "calibration-error", (options, _) => new CalibrationError(options),
        "Expected calibration error: how far confidence is from the share of right answers; lower is better.");
}
