using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace ProvingLayer.Cli.Bench;

/// <summary>What figures were measured on.</summary>
internal static class Host
{
    private const int FirstBrandLeaf = unchecked((int)0x80000002);

    /// <summary>Processor, cores, widest vectors, runtime.</summary>
    public static string Text => $"{Processor}, {Environment.ProcessorCount} cores, {Vectors}, {RuntimeInformation.FrameworkDescription}";

    private static string Vectors => Avx512F.IsSupported ? "512-bit vectors" : Avx2.IsSupported ? "256-bit vectors" : "no wide vectors";

    private static string Processor
    {
        get
        {
            if (!X86Base.IsSupported)
                return RuntimeInformation.ProcessArchitecture.ToString();
            var brand = new byte[48];
            for (var leaf = 0; leaf < 3; leaf++)
            {
                var (a, b, c, d) = X86Base.CpuId(FirstBrandLeaf + leaf, 0);
                MemoryMarshal.Cast<int, byte>([a, b, c, d]).CopyTo(brand.AsSpan(16 * leaf));
            }

            return Encoding.ASCII.GetString(brand).TrimEnd('\0').Trim();
        }
    }
}
