import NextAuth from "next-auth";
import type { NextRequest } from "next/server";
import { authOptions } from "@/lib/delivery/web/auth-options";
import { checkOrigin } from "@/lib/delivery/web/origin";
import { refusalResponse } from "@/lib/delivery/web/staff-responses";

type Context = { params: Promise<{ nextauth: string[] }> };

export async function GET(request: NextRequest, context: Context): Promise<Response> {
  return NextAuth(request, context, authOptions());
}

export async function POST(request: NextRequest, context: Context): Promise<Response> {
  try {
    checkOrigin(request.headers);
  } catch (error) {
    return refusalResponse(error);
  }
  return NextAuth(request, context, authOptions());
}
