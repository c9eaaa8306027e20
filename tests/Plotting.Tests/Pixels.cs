using ScottPlot;
using SkiaSharp;

namespace Theory.Plotting.Tests;

/// <summary>A decoded picture.</summary>
internal sealed class Pixels(byte[] png)
{
    private readonly SKBitmap bitmap = SKBitmap.Decode(png);

    public int Width => bitmap.Width;

    public int Height => bitmap.Height;

    public SKColor this[int x, int y] => bitmap.GetPixel(x, y);

    public IEnumerable<SKColor> All => bitmap.Pixels;

    public int Count(Color color) => All.Count(p => (p.Red, p.Green, p.Blue) == (color.R, color.G, color.B));

    /// <summary>Pixels darker than mid-grey in a box.</summary>
    public int Ink(int left, int top, int right, int bottom) =>
        (from x in Enumerable.Range(left, right - left) from y in Enumerable.Range(top, bottom - top) select bitmap.GetPixel(x, y)).Count(p => p.Red + p.Green + p.Blue < 3 * 128);
}
