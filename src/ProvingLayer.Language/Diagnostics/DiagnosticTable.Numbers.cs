namespace ProvingLayer.Language.Diagnostics;

/// <content>Area 3: numbers, units and rounding.</content>
public static partial class DiagnosticTable
{
}
