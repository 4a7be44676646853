namespace ProvingLayer.Language.Diagnostics;

/// <content>Area 6: privacy.</content>
public static partial class DiagnosticTable
{
}
